import type { PopulationSource } from '@index766/document-life';
import { IsCode, IsInstantText } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

const POPULATION_SOURCES: readonly PopulationSource[] = ['verified-account', 'population-database'];

/** What every command may state. */
export class CommandDto {
  @ApiPropertyOptional({ example: '2026-10-05T01:30:00.000Z', description: 'When it happened; now if absent.' })
  @IsOptional()
  @IsInstantText()
  readonly occurredAt?: string;
}

export class ComponentDto extends CommandDto {
  @ApiProperty({ example: 'TP-01', description: 'MaThanhPhanHoSo' })
  @IsCode()
  readonly component!: string;

  @ApiPropertyOptional({ example: '4711', description: 'TepDinhKemId: tells several files of one component apart.' })
  @IsOptional()
  @IsCode()
  readonly attachment?: string;
}

export class PopulationUseDto extends CommandDto {
  @ApiProperty({ enum: POPULATION_SOURCES, example: 'population-database' })
  @IsIn(POPULATION_SOURCES)
  readonly by!: PopulationSource;

  @ApiPropertyOptional({ example: 'CSDLQGDC', description: 'MaCSDL; of a database alone.' })
  @IsOptional()
  @IsCode()
  readonly database?: string;
}

export class ResultDto extends CommandDto {
  @ApiProperty({ example: 'KQ-2026-01', description: 'MaGiayToKetQua, else GiayToId: names the result inside its dossier.' })
  @IsCode()
  readonly result!: string;
}
