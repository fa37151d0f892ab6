import { ONLINE_LEVELS, PROCEDURE_PARTS, type OnlineLevel, type ProcedurePart } from '@index766/contracts-catalog';
import type { UnitCode } from '@index766/kernel';
import { TERM_KINDS, type TermKind } from '@index766/working-time';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, Length, Max, Min, ValidateNested,
} from 'class-validator';

import type { Duty, ProcedureContent } from '../domain/procedure';
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

/** By when something is to be done, and when it was done. */
export class DutyDto {
  @ApiPropertyOptional({ example: '2026-06-30', description: 'Last day on which it is done on time.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly dueOn?: string;

  @ApiPropertyOptional({ example: '2026-06-27', description: 'The day on which it was done.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly on?: string;
}

/** One version of a procedure, as PUT takes it: all that holds from `validFrom` on. What is absent is not said. */
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

  @ApiPropertyOptional({ type: DutyDto, description: 'When the procedure was to be announced by decision, and was.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => DutyDto)
  readonly announcement?: DutyDto;

  @ApiPropertyOptional({ type: DutyDto, description: 'When the procedure was to be made public, and was.' })
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => DutyDto)
  readonly publication?: DutyDto;

  @ApiPropertyOptional({ enum: PROCEDURE_PARTS, isArray: true, description: 'Those of the seven parts that are public.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(PROCEDURE_PARTS.length)
  @ArrayUnique()
  @IsIn(PROCEDURE_PARTS, { each: true })
  readonly parts?: readonly ProcedurePart[];

  @ApiPropertyOptional({ enum: ONLINE_LEVELS, description: 'How much of it can be done online.' })
  @MayBeAbsent()
  @IsIn(ONLINE_LEVELS)
  readonly onlineLevel?: OnlineLevel;

  @ApiPropertyOptional({ description: 'Whether the unit offers it as an online service, whoever announced it; absent: as onlineLevel says.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly offeredOnline?: boolean;

  @ApiPropertyOptional({ description: 'Whether it could be provided fully online.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly eligibleForFull?: boolean;

  @ApiPropertyOptional({ description: 'Whether applicants pay a fee.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly fee?: boolean;

  @ApiPropertyOptional({ description: 'Whether the fee can be paid online.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly onlinePayment?: boolean;

  @ApiPropertyOptional({ description: 'Whether citizens are among its applicants, so that population data can be used.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly citizen?: boolean;

  @ApiPropertyOptional({ description: 'Whether it ends with a result document; absent: it does.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly resultDocument?: boolean;

  @ApiPropertyOptional({ description: 'Whether the unit offers certified electronic copies by it.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly certifiedCopies?: boolean;

  @ApiProperty({ example: '2025-07-01' })
  @IsLocalDay()
  readonly validFrom!: string;

  @ApiPropertyOptional({ example: '2026-12-31', description: 'Last day, inclusive.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validTo?: string;
}

/** One form of the same content: lists in one order, and no part that says nothing. */
export function toProcedureContent(dto: ProcedureDto): ProcedureContent {
  const { term, parts } = dto;
  return {
    name: dto.name,
    term: term === undefined ? undefined : { kind: term.kind, amount: term.amount },
    pauseOnFinancialObligation: dto.pauseOnFinancialObligation,
    announcement: toDuty(dto.announcement),
    publication: toDuty(dto.publication),
    parts: parts === undefined ? undefined : PROCEDURE_PARTS.filter((part) => parts.includes(part)),
    onlineLevel: dto.onlineLevel,
    offeredOnline: dto.offeredOnline,
    eligibleForFull: dto.eligibleForFull,
    fee: dto.fee,
    onlinePayment: dto.onlinePayment,
    citizen: dto.citizen,
    resultDocument: dto.resultDocument,
    certifiedCopies: dto.certifiedCopies,
    validFrom: dto.validFrom,
    validTo: dto.validTo,
  };
}

function toDuty({ dueOn, on }: DutyDto = {}): Duty | undefined {
  return dueOn === undefined && on === undefined ? undefined : { dueOn, on };
}
