import type { OfficerPseudonym } from '@index766/kernel';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsString, Length, ValidateNested } from 'class-validator';

import type { OfficerStatement } from '../domain/officer';
import { IsLocalDay, IsPseudonym, MayBeAbsent } from './checks';

export class AbsenceDto {
  @ApiProperty({ example: '2026-10-05' })
  @IsLocalDay()
  readonly firstDay!: string;

  @ApiProperty({ example: '2026-10-09', description: 'Inclusive.' })
  @IsLocalDay()
  readonly lastDay!: string;
}

/** All that an administrator says of an officer, as PUT takes it; what is absent is said no more. */
export class OfficerStatementDto {
  @ApiPropertyOptional({ description: 'In the place of the name in the pushes.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  readonly name?: string;

  @ApiPropertyOptional({ description: 'In the place of the title in the pushes.' })
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  readonly title?: string;

  @ApiPropertyOptional({ example: '2025-07-01', description: 'First day in the unit.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validFrom?: string;

  @ApiPropertyOptional({ example: '2026-12-31', description: 'Last day in the unit, inclusive.' })
  @MayBeAbsent()
  @IsLocalDay()
  readonly validTo?: string;

  @ApiPropertyOptional({ type: [String], description: 'Other spellings of the name.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  readonly aliases?: string[];

  @ApiPropertyOptional({ type: String, description: 'Pseudonym that stands for the same person.' })
  @MayBeAbsent()
  @IsPseudonym()
  readonly mergedInto?: OfficerPseudonym;

  @ApiPropertyOptional({ description: 'Two people share name, unit and department: nothing can be laid to either.' })
  @MayBeAbsent()
  @IsBoolean()
  readonly ambiguous?: boolean;

  @ApiPropertyOptional({ type: [AbsenceDto] })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => AbsenceDto)
  readonly absences?: AbsenceDto[];
}

export function toStatement(
  { name, title, validFrom, validTo, aliases = [], mergedInto, ambiguous = false, absences = [] }: OfficerStatementDto,
): OfficerStatement {
  return {
    name, title, validFrom, validTo, aliases, mergedInto, ambiguous,
    absences: absences.map(({ firstDay, lastDay }) => ({ firstDay, lastDay })),
  };
}
