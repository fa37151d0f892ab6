import { parseInstant, parseLocalDay, type Instant, type UnitCode } from '@index766/kernel';
import { UNIT_LEVELS, type UnitLevel } from '@index766/contracts-catalog';
import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';

import type { AsOf } from '../queries/reference-queries';
import { IsInstantText, IsUnitCode } from '@index766/platform-http';
import { IsLocalDay, MayBeAbsent } from './checks';

const DEFAULT_LIMIT = 200;

/** Digits as the number that they are; anything else stays and is refused. */
const asNumber = ({ value }: { value: unknown }): unknown =>
  (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value);

export class AsOfQuery {
  @ApiPropertyOptional({ example: '2026-10-31', description: 'What holds on this day; today if absent.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly asOf?: string;

  @ApiPropertyOptional({ example: '2026-11-01T00:00:00.000Z', description: 'As far as it was known then; now if absent.' })
  @MayBeAbsent()
  @IsInstantText()
  readonly knownBy?: string;
}

export class PageOfListQuery {
  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(200)
  readonly after?: string;

  @ApiPropertyOptional({ type: Number, default: DEFAULT_LIMIT, maximum: 1_000 })
  @Transform(asNumber)
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly limit: number = DEFAULT_LIMIT;
}

export class UnitListQuery extends IntersectionType(PageOfListQuery, AsOfQuery) {
  @ApiPropertyOptional({ type: String, description: 'Only units directly below this one.' })
  @MayBeAbsent()
  @IsUnitCode()
  readonly parent?: UnitCode;

  @ApiPropertyOptional({ enum: UNIT_LEVELS })
  @MayBeAbsent()
  @IsIn(UNIT_LEVELS)
  readonly level?: UnitLevel;
}

export class ProcedureQuery extends AsOfQuery {
  @ApiPropertyOptional({ type: String, description: "The unit whose own record is asked for; absent: every unit's." })
  @MayBeAbsent()
  @IsUnitCode()
  readonly unit?: UnitCode;
}

export class CalendarQuery {
  @ApiPropertyOptional({ type: Number, description: 'A version by its number; the latest if absent.' })
  @MayBeAbsent()
  @Transform(asNumber)
  @IsInt()
  @Min(1)
  readonly version?: number;

  @ApiPropertyOptional({ example: '2026-11-01T00:00:00.000Z', description: 'The latest that was known then.' })
  @MayBeAbsent()
  @IsInstantText()
  readonly knownBy?: string;
}

export class ProcedureListQuery extends IntersectionType(PageOfListQuery, AsOfQuery) {}

export class OfficerListQuery extends PageOfListQuery {
  @ApiPropertyOptional({ type: String, description: 'Absent: officers of all units, for a token for all units.' })
  @MayBeAbsent()
  @IsUnitCode()
  readonly unit?: UnitCode;
}

export function asOfOf({ asOf, knownBy }: AsOfQuery): AsOf {
  return { day: asOf === undefined ? undefined : parseLocalDay(asOf), knownBy: instantFrom(knownBy) };
}

export function instantFrom(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text);
}
