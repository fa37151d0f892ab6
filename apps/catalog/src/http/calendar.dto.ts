import type { UnitCode, Weekday } from '@index766/kernel';
import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsObject, IsString, Length, Max, Min, ValidateNested,
} from 'class-validator';

import type { CalendarContent } from '../domain/calendar';
import { IsUnitCode } from '@index766/platform-http';
import { IsLocalDay, MayBeAbsent } from './checks';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const MINUTES_PER_DAY = 24 * 60;
const MOST_ENTRIES = 1_000;

export class OfficeSpanDto {
  @ApiProperty({ type: Number, example: 450, description: 'Minutes since midnight.' })
  @IsInt()
  @Min(0)
  @Max(MINUTES_PER_DAY)
  readonly from!: number;

  @ApiProperty({ type: Number, example: 690 })
  @IsInt()
  @Min(0)
  @Max(MINUTES_PER_DAY)
  readonly to!: number;
}

/** A list of office spans: each weekday has the same checks. */
function OfficeDay(): PropertyDecorator {
  const decorators = [
    ApiPropertyOptional({ type: [OfficeSpanDto] }), MayBeAbsent(), IsArray(), ArrayMaxSize(10), ValidateNested({ each: true }),
    Type(() => OfficeSpanDto),
  ];
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}

/** By ISO weekday: 1 Monday … 7 Sunday. */
export class WeeklyHoursDto {
  @OfficeDay() readonly 1?: OfficeSpanDto[];
  @OfficeDay() readonly 2?: OfficeSpanDto[];
  @OfficeDay() readonly 3?: OfficeSpanDto[];
  @OfficeDay() readonly 4?: OfficeSpanDto[];
  @OfficeDay() readonly 5?: OfficeSpanDto[];
  @OfficeDay() readonly 6?: OfficeSpanDto[];
  @OfficeDay() readonly 7?: OfficeSpanDto[];
}

export class DayOffDto {
  @ApiProperty({ example: '2026-09-02' })
  @IsLocalDay()
  readonly day!: string;

  @ApiProperty({ example: 'Quốc khánh' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;
}

export class MakeUpDayDto extends DayOffDto {
  @ApiProperty({ enum: WEEKDAYS, description: 'Weekday whose hours and standing it takes.' })
  @IsIn(WEEKDAYS)
  readonly hoursOf!: Weekday;

  @ApiPropertyOptional({ example: '2026-08-31' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly replaces?: string;
}

export class UnitOverrideDto {
  @ApiProperty({ type: String, example: 'H44.114' })
  @IsUnitCode()
  readonly unit!: UnitCode;

  @ApiPropertyOptional({ example: '2026-06-01' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validFrom?: string;

  @ApiPropertyOptional({ example: '2026-08-31' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validTo?: string;

  @ApiPropertyOptional({ type: WeeklyHoursDto, description: 'In the place of the hours of the whole week.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => WeeklyHoursDto)
  readonly officeHours?: WeeklyHoursDto;

  @ApiPropertyOptional({ enum: WEEKDAYS, isArray: true })
  @MayBeAbsent()
  @IsArray()
  @IsIn(WEEKDAYS, { each: true })
  readonly extraTermDays?: Weekday[];

  @ApiPropertyOptional({ type: [DayOffDto] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => DayOffDto)
  readonly daysOff?: DayOffDto[];

  @ApiPropertyOptional({ type: [MakeUpDayDto] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => MakeUpDayDto)
  readonly makeUpDays?: MakeUpDayDto[];
}

/** One version of a calendar, as PUT takes it: the whole of it. */
export class CalendarDto {
  @ApiProperty({ description: 'Where the dated entries come from.' })
  @IsString()
  @Length(1, 1_000)
  readonly source!: string;

  @ApiProperty({ example: '2026-01-01' })
  @IsLocalDay()
  readonly coversFrom!: string;

  @ApiProperty({ example: '2026-12-31' })
  @IsLocalDay()
  readonly coversTo!: string;

  @ApiProperty({ type: WeeklyHoursDto })
  @IsObject()
  @ValidateNested()
  @Type(() => WeeklyHoursDto)
  readonly officeHours!: WeeklyHoursDto;

  @ApiProperty({ enum: WEEKDAYS, isArray: true, minItems: 1, description: 'Weekdays that count in day terms.' })
  @IsArray()
  @ArrayMinSize(1)
  @IsIn(WEEKDAYS, { each: true })
  readonly termDays!: Weekday[];

  @ApiProperty({ type: [DayOffDto] })
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => DayOffDto)
  readonly holidays!: DayOffDto[];

  @ApiProperty({ type: [MakeUpDayDto] })
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => MakeUpDayDto)
  readonly makeUpDays!: MakeUpDayDto[];

  @ApiProperty({ type: [UnitOverrideDto] })
  @IsArray()
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => UnitOverrideDto)
  readonly overrides!: UnitOverrideDto[];
}

export class OverrideOfUnitDto extends PickType(UnitOverrideDto, [
  'validFrom', 'validTo', 'officeHours', 'extraTermDays', 'daysOff', 'makeUpDays',
] as const) {}

/** All that one unit has otherwise. */
export class OverridesDto {
  @ApiProperty({ type: [OverrideOfUnitDto], description: 'One entry for each span of days; empty: nothing any more.' })
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OverrideOfUnitDto)
  readonly overrides!: OverrideOfUnitDto[];
}

export function toCalendarContent(
  { source, coversFrom, coversTo, officeHours, termDays, holidays, makeUpDays, overrides }: CalendarDto,
): CalendarContent {
  return { source, coversFrom, coversTo, officeHours, termDays, holidays, makeUpDays, overrides };
}
