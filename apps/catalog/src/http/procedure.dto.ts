import type { UnitCode } from '@index766/kernel';
import { TERM_KINDS, type TermKind } from '@index766/working-time';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, IsString, Length, Max, Min, ValidateNested } from 'class-validator';

import type { ProcedureContent } from '../domain/procedure';
import { IsUnitCode } from '@index766/platform-http';
import { IsLocalDay, MayBeAbsent } from './checks';

export class TermDto {
  @ApiProperty({ enum: TERM_KINDS })
  @IsIn(TERM_KINDS)
  readonly kind!: TermKind;

  @ApiProperty({ type: Number, minimum: 1, maximum: 3660 })
  @IsInt()
  @Min(1)
  @Max(3660)
  readonly amount!: number;
}

/** One version of a procedure, as PUT takes it. */
export class ProcedureDto {
  @ApiPropertyOptional({ type: String, description: 'The unit that has it so, with all below it; absent: every unit.' })
  @MayBeAbsent()
  @IsUnitCode()
  readonly unit?: UnitCode;

  @ApiProperty({ example: 'Chứng thực bản sao từ bản chính' })
  @IsString()
  @Length(1, 500)
  readonly name!: string;

  @ApiPropertyOptional({ type: TermDto, description: 'Longest time that it may take; absent: none is set.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => TermDto)
  readonly term?: TermDto;

  @ApiProperty({ description: 'Whether a fee that was asked for stops the clock until it is paid.' })
  @IsBoolean()
  readonly pauseOnFinancialObligation!: boolean;

  @ApiProperty({ example: '2025-07-01' })
  @IsLocalDay()
  readonly validFrom!: string;

  @ApiPropertyOptional({ example: '2026-12-31', description: 'Last day, inclusive.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validTo?: string;
}

export function toProcedureContent({ name, term, pauseOnFinancialObligation, validFrom, validTo }: ProcedureDto): ProcedureContent {
  const stated = term === undefined ? undefined : { kind: term.kind, amount: term.amount };
  return { name, term: stated, pauseOnFinancialObligation, validFrom, validTo };
}
