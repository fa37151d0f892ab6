import type { Weekday } from '@index766/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsString, Length, ValidateNested } from 'class-validator';
import { IsLocalDay } from './local-day.check';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const MOST_DAYS = 100;

export class AnnouncedDayOffDto {
  @ApiProperty({ example: '2026-12-31' })
  @IsLocalDay()
  readonly day!: string;

  @ApiProperty({ example: 'Nghỉ bù' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;
}

export class AnnouncedMakeUpDayDto extends AnnouncedDayOffDto {
  @ApiProperty({ enum: WEEKDAYS, example: 1, description: 'Weekday whose hours and standing it takes.' })
  @IsIn(WEEKDAYS)
  readonly hoursOf!: Weekday;
}

/** An announcement that is not applied yet. */
export class CalendarChangeDto {
  @ApiPropertyOptional({ type: [AnnouncedDayOffDto] })
  @IsArray()
  @ArrayMaxSize(MOST_DAYS)
  @ValidateNested({ each: true })
  @Type(() => AnnouncedDayOffDto)
  readonly holidays: AnnouncedDayOffDto[] = [];

  @ApiPropertyOptional({ type: [AnnouncedMakeUpDayDto] })
  @IsArray()
  @ArrayMaxSize(MOST_DAYS)
  @ValidateNested({ each: true })
  @Type(() => AnnouncedMakeUpDayDto)
  readonly makeUpDays: AnnouncedMakeUpDayDto[] = [];

  @ApiPropertyOptional({ type: [String], example: ['2026-12-30'], description: 'Days whose entry is taken back.' })
  @IsArray()
  @ArrayMaxSize(MOST_DAYS)
  @IsLocalDay({ each: true })
  readonly withdrawn: string[] = [];
}
