import { ApiProperty } from '@nestjs/swagger';
import { IsLocalDay } from './local-day.check';

export class SourceCompleteDto {
  @ApiProperty({ example: '2026-11-22', description: 'Everything that happened up to the end of this local day was pushed.' })
  @IsLocalDay()
  readonly day!: string;
}
