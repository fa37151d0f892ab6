import { DECISION_REASONS, MOST_DOSSIERS_PER_OBJECTION, OBJECTION_OUTCOMES, OBJECTION_REASONS } from '@index766/contracts-aggregator';
import { parseDossierId, parseOfficerPseudonym, type DossierId, type OfficerPseudonym, type Period, type UnitCode } from '@index766/kernel';
import { IsCode, textThat } from '@index766/platform-http';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, ValidateIf } from 'class-validator';

import type { StatedDecision, StatedObjection } from '../objections';

const MOST_EVIDENCE = 20;

/** Left out; null is refused, for it is no value of any optional field here. */
const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

const IsPseudonym = (): PropertyDecorator =>
  textThat('isPseudonym', 'is a pseudonym of an officer', (text) => parseOfficerPseudonym(text) !== undefined);

const AreDossierIds = (): PropertyDecorator =>
  textThat('areDossierIds', 'are codes of dossiers, in upper case', (text) => parseDossierId(text) === text, { each: true });

export class ObjectionDto {
  @ApiProperty({ example: '0123456789abcdef0123456789abcdef', description: 'As the list names the officer.' })
  @IsPseudonym()
  readonly officer!: string;

  @ApiPropertyOptional({ type: [String], example: ['H44.114-20261005-0001'], description: 'Late dossiers of the officer; all of the list if absent.' })
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_DOSSIERS_PER_OBJECTION)
  @AreDossierIds()
  readonly dossiers?: string[];

  @ApiProperty({ enum: OBJECTION_REASONS })
  @IsIn(OBJECTION_REASONS)
  readonly reason!: (typeof OBJECTION_REASONS)[number];

  @ApiProperty({ type: [String], example: ['QD-118/2026'], description: 'Numbers of the documents that show it; no text.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_EVIDENCE)
  @IsCode({ each: true })
  readonly evidence!: string[];
}

export class ObjectionDecisionDto {
  @ApiProperty({ enum: OBJECTION_OUTCOMES, description: 'upheld: the lateness stays the officer\'s; lifted: it is taken off the officer.' })
  @IsIn(OBJECTION_OUTCOMES)
  readonly outcome!: (typeof OBJECTION_OUTCOMES)[number];

  @ApiProperty({ enum: DECISION_REASONS })
  @IsIn(DECISION_REASONS)
  readonly reason!: (typeof DECISION_REASONS)[number];
}

export function toStatedObjection(unit: UnitCode, period: Period, { officer, dossiers, reason, evidence }: ObjectionDto): StatedObjection {
  // The DTO checked their forms.
  return { unit, period, officer: officer as OfficerPseudonym, dossiers: dossiers as DossierId[] | undefined, reason, evidence };
}

export function toStatedDecision(
  about: Pick<StatedDecision, 'unit' | 'period' | 'officer' | 'number'>, { outcome, reason }: ObjectionDecisionDto,
): StatedDecision {
  return { ...about, outcome, reason };
}
