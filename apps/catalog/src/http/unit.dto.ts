import { UNIT_LEVELS, type UnitLevel } from '@index766/contracts-catalog';
import type { UnitCode } from '@index766/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, ValidateIf } from 'class-validator';

import type { UnitContent } from '../domain/unit';
import { IsUnitCode } from '@index766/platform-http';
import { IsLocalDay, MayBeAbsent } from './checks';

/** One version of a unit, as PUT takes it. */
export class UnitDto {
  @ApiProperty({ example: 'UBND xã Ví Dụ' })
  @IsString()
  @Length(1, 200)
  readonly name!: string;

  @ApiProperty({ enum: UNIT_LEVELS })
  @IsIn(UNIT_LEVELS)
  readonly level!: UnitLevel;

  @ApiProperty({ type: String, nullable: true, example: 'H44', description: 'Null for the root of a tree.' })
  @ValidateIf((_, value) => value !== null)
  @IsUnitCode()
  readonly parent!: UnitCode | null;

  @ApiProperty({ example: '2025-07-01' })
  @IsLocalDay()
  readonly validFrom!: string;

  @ApiPropertyOptional({ example: '2026-12-31', description: 'Last day, inclusive.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validTo?: string;

  @ApiPropertyOptional({ type: String, description: 'Takes over the dossiers from the day after validTo on.' })
  @MayBeAbsent()
  @IsUnitCode()
  readonly successor?: UnitCode;

  @ApiPropertyOptional({ example: '2026-01-01', description: 'Periods that end after this day are published without being asked for.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly reportingSince?: string;
}

export function toUnitContent({ name, level, parent, validFrom, validTo, successor, reportingSince }: UnitDto): UnitContent {
  return { name, level, parent, validFrom, validTo, successor, reportingSince };
}
