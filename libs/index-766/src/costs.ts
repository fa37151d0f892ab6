import { evaluationEnd, type Span } from '@index766/dossier-life';
import { hasPetitionAt } from '@index766/feedback-life';
import type { DossierId, Instant, UnitCode } from '@index766/kernel';
import { stillOwed } from '@index766/payment-life';
import { judgePetitionAt, type CalendarOf, type PetitionJudgement, type PetitionView } from '@index766/petition-life';
import { CASE_INDICATORS, type CaseFlaw, type CountedCaseMeasure } from './case-indicators';
import { caseStanding, type CaseStanding, type HasResultDocument } from './case-standing';
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

/** A case at T, for whoever has to know whether something can still be done about it. */
interface StandingCase {
  readonly view: CaseView;
  readonly standing: CaseStanding;
  /** Facts before it count. */
  readonly until: Instant;
}

const never = () => false;
const always = () => true;
/** What is used on the way to a decision is used before it. */
const whileOpen = ({ standing: { judgement } }: StandingCase) => judgement.state !== 'ended';

/**
 * Whether a flaw can still be put right while the period runs, by whoever handles the case or gave the word on it. What has come to
 * pass stays: how a dossier was handed in, that it is late. Papers and results are brought up to date after a decision, too.
 */
const CAN_BE_PUT_RIGHT: Readonly<Record<CaseFlaw, (standing: StandingCase) => boolean>> = {
  // Only a dossier that ended loses by having no due instant: its end is judged for good.
  'not-pushed': never, 'not-online': never, late: never, undetermined: never,
  // What was paid at the counter, or waived, nobody pays online any more.
  'not-paid-online': ({ view, until }) => stillOwed(view.payments, until) > 0,
  // A rating can be changed for a time that the service of feedback sets, and taken out by a reviewer after it; a petition was made.
  dissatisfied: ({ view, until }) => !hasPetitionAt(view.feedback, until),
  'no-electronic-result': always, 'not-digitised': always, 'personal-store-not-used': always, 'not-signed-and-archived': always,
  'not-reused': whileOpen, 'no-population-data': whileOpen,
};

/** As of cases: the last word on an answer may become a better one, unless a later petition about it says the same. */
const PETITION_CAN_BE_PUT_RIGHT: Readonly<Record<PetitionFlaw, (judgement: PetitionJudgement) => boolean>> = {
  late: never, repeated: never, 'other-class': never, 'rated-unsatisfied': ({ repeated }) => !repeated,
};

/** Something is to be done by a day: it can be done on that day and not after it. */
const BY_A_DAY: ReadonlySet<DistinctMeasureName> = new Set<DistinctMeasureName>(['procedures-announced-on-time', 'procedures-public-on-time']);

/**
 * What a case costs a measure. Over all cases of a unit there are exactly denominator − numerator of these: the number
 * on a card is the length of the list behind it.
 */
export function caseCosts(measure: CountedCaseMeasure, view: CaseView, scope: CaseScope): readonly CaseCost[] {
  const standing = caseStanding(view, scope.period, scope.at, scope.hasResultDocument);
  const { of, counts, flaws } = CASE_INDICATORS[measure];
  const unit = standing[of];
  if (unit === null || !scope.isWithin(unit) || !counts(standing)) return [];
  const until = evaluationEnd(scope.period, scope.at);
  return flaws(standing).map((flaw) => ({
    dossier: view.dossier.dossier, unit, flaw, recoverable: isRunning(scope) && CAN_BE_PUT_RIGHT[flaw]({ view, standing, until }),
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
  return { unit, flaw, recoverable: isRunning(scope) && PETITION_CAN_BE_PUT_RIGHT[flaw](judgement) };
}

/** What a petition will cost at the period's end if nobody handles it, and does not cost yet. */
export function findPetitionRisk(
  measure: PetitionMeasureName, view: PetitionView, scope: CostScope, calendarOf: CalendarOf,
): PetitionCost | undefined {
  if (findPetitionCost(measure, view, scope, calendarOf) !== undefined) return undefined;
  const cost = findPetitionCost(measure, view, { ...scope, at: scope.period.end }, calendarOf);
  return cost === undefined ? undefined : { ...cost, recoverable: true };
}

/** The sets behind distinct counts of one unit in a period, as they stand at different instants with what is known now. */
export interface CodeSetsInTime {
  /** At T. */
  readonly now: CodeSets;
  /** Before the day of T began, by the catalog alone; nothing, if that was before the period. */
  readonly dayBefore: CodeSets;
  /** At the period's end, if nothing more happens. */
  readonly atEnd: CodeSets;
}

/** The codes that a distinct count leaves out, in their order. */
export function codeCosts(
  measure: DistinctMeasureName, { now, dayBefore }: Pick<CodeSetsInTime, 'now' | 'dayBefore'>, scope: Pick<CostScope, 'period' | 'at'>,
): readonly CodeCost[] {
  const missed = new Set(BY_A_DAY.has(measure) ? leftOut(measure, dayBefore) : []);
  return leftOut(measure, now).map((code) => ({ code, recoverable: isRunning(scope) && !missed.has(code) }));
}

/** The codes that it will leave out at the period's end if nothing more happens, and does not leave out yet: a day comes by which something is to be done. */
export function codeRisks(measure: DistinctMeasureName, { now, atEnd }: Pick<CodeSetsInTime, 'now' | 'atEnd'>): readonly CodeCost[] {
  const known = new Set(leftOut(measure, now));
  return leftOut(measure, atEnd).filter((code) => !known.has(code)).map((code) => ({ code, recoverable: true }));
}

function leftOut(measure: DistinctMeasureName, sets: CodeSets): readonly string[] {
  const codes = distinctCodes(sets, measure);
  if (codes === null) return [];
  const counted = new Set(codes.numerator);
  return codes.denominator.filter((code) => !counted.has(code));
}

function isRunning({ period, at }: Pick<CostScope, 'period' | 'at'>): boolean {
  return at < period.end;
}
