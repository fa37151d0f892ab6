import type { Span } from '@index766/dossier-life';
import type { DossierId, Instant, UnitCode } from '@index766/kernel';
import { judgePetitionAt, type CalendarOf, type PetitionView } from '@index766/petition-life';
import { CASE_INDICATORS, type CaseFlaw, type CountedCaseMeasure } from './case-indicators';
import { caseStanding, type HasResultDocument } from './case-standing';
import type { CaseView } from './case-view';
import { distinctCodes, type DistinctMeasureName } from './counted-measures';
import type { CodeSets, PetitionMeasureName } from './measures';
import { PETITION_FLAWS, type PetitionFlaw } from './petition-measures';

/** Which figure is asked about: that of the units inside, in a period at T. */
export interface CostScope {
  /** Whether a unit is the one asked about or stands below it. */
  readonly isWithin: (unit: UnitCode) => boolean;
  readonly period: Span;
  readonly at: Instant;
}

export interface CaseScope extends CostScope {
  readonly hasResultDocument: HasResultDocument;
}

/** One reason why one case is not in a numerator. A dossier that is late and dissatisfied costs 5.4 twice: two of these. */
export interface CaseCost {
  readonly dossier: DossierId;
  readonly unit: UnitCode;
  readonly flaw: CaseFlaw;
  /** It can still be put right before the period ends. */
  readonly recoverable: boolean;
}

export interface PetitionCost {
  readonly unit: UnitCode;
  readonly flaw: PetitionFlaw;
  readonly recoverable: boolean;
}

/** A procedure, or a commune, that is in the denominator and not in the numerator. */
export interface CodeCost {
  readonly code: string;
  readonly recoverable: boolean;
}

/** What has come to pass and stays so. */
const FINAL_FLAWS: ReadonlySet<CaseFlaw | PetitionFlaw> = new Set<CaseFlaw | PetitionFlaw>([
  'late', 'not-online', 'not-pushed', 'repeated', 'other-class',
]);
/** A day that has passed. */
const FINAL_MEASURES: ReadonlySet<DistinctMeasureName> = new Set<DistinctMeasureName>(['procedures-announced-on-time', 'procedures-public-on-time']);

/**
 * What a case costs a measure. Over all cases of a unit there are exactly denominator − numerator of these: the number
 * on a card is the length of the list behind it.
 */
export function caseCosts(measure: CountedCaseMeasure, view: CaseView, scope: CaseScope): readonly CaseCost[] {
  const standing = caseStanding(view, scope.period, scope.at, scope.hasResultDocument);
  const { of, counts, flaws } = CASE_INDICATORS[measure];
  const unit = standing[of];
  if (unit === null || !scope.isWithin(unit) || !counts(standing)) return [];
  return flaws(standing).map((flaw) => ({
    dossier: view.dossier.dossier, unit, flaw, recoverable: isRunning(scope) && !FINAL_FLAWS.has(flaw),
  }));
}

/** What a case will cost at the period's end if nothing more happens, and does not cost yet: it can be saved. */
export function caseRisks(measure: CountedCaseMeasure, view: CaseView, scope: CaseScope): readonly CaseCost[] {
  const known = new Set(caseCosts(measure, view, scope).map(({ flaw }) => flaw));
  return caseCosts(measure, view, { ...scope, at: scope.period.end })
    .filter(({ flaw }) => !known.has(flaw))
    .map((cost) => ({ ...cost, recoverable: true }));
}

/** What a petition costs a measure; undefined: nothing. */
export function findPetitionCost(
  measure: PetitionMeasureName, view: PetitionView, scope: CostScope, calendarOf: CalendarOf,
): PetitionCost | undefined {
  const judgement = judgePetitionAt(view, scope.period, scope.at, calendarOf);
  const { belongs, unit } = judgement;
  const flaw = belongs ? PETITION_FLAWS[measure](judgement) : null;
  if (unit === null || flaw === null || !scope.isWithin(unit)) return undefined;
  return { unit, flaw, recoverable: isRunning(scope) && !FINAL_FLAWS.has(flaw) };
}

/** What a petition will cost at the period's end if nobody handles it, and does not cost yet. */
export function findPetitionRisk(
  measure: PetitionMeasureName, view: PetitionView, scope: CostScope, calendarOf: CalendarOf,
): PetitionCost | undefined {
  if (findPetitionCost(measure, view, scope, calendarOf) !== undefined) return undefined;
  const cost = findPetitionCost(measure, view, { ...scope, at: scope.period.end }, calendarOf);
  return cost === undefined ? undefined : { ...cost, recoverable: true };
}

/** The codes that a distinct count leaves out, in their order. */
export function codeCosts(measure: DistinctMeasureName, sets: CodeSets, scope: Pick<CostScope, 'period' | 'at'>): readonly CodeCost[] {
  const codes = distinctCodes(sets, measure);
  if (codes === null) return [];
  const counted = new Set(codes.numerator);
  const recoverable = isRunning(scope) && !FINAL_MEASURES.has(measure);
  return codes.denominator.filter((code) => !counted.has(code)).map((code) => ({ code, recoverable }));
}

function isRunning({ period, at }: Pick<CostScope, 'period' | 'at'>): boolean {
  return at < period.end;
}
