import type { CountedMeasures } from './counted-measures';
import { compare, divide, fractionOf, multiply, parseDecimal, roundUp, type Fraction } from './fraction';
import type { Pair } from './measures';
import type { Plan, PlanMeasure, PlanTarget } from './plan';
import type { ReportedCount, ReportedFigures, ReportedIndex } from './reported-figures';

export type PlanVerdict = 'met' | 'at-risk' | 'missed';

/** Why a target has no value: nobody reported it, or there is nothing of it. */
export type PlanMissingReason = 'not-reported' | 'empty-denominator';

export type PlanOutcome =
  | {
    readonly state: 'measured';
    readonly value: Fraction;
    readonly verdict: PlanVerdict;
    /** Null of an index, which is no count. */
    readonly measure: Pair | null;
    /** How many more would meet the threshold; null of an index. */
    readonly stillNeeded: number | null;
  }
  | { readonly state: 'missing'; readonly reason: PlanMissingReason; readonly measure: Pair | null };

export type TargetProgress = PlanOutcome & { readonly target: PlanTarget };

/** What a plan is measured by, year to date. */
export interface PlanFigures {
  readonly measures: CountedMeasures;
  /** Reported for the plan's year. */
  readonly reported: ReportedFigures;
  /** Reported for the year before it: an index is compared with it. */
  readonly reportedBefore: ReportedFigures;
}

const AT_RISK_FROM = fractionOf(9, 10);

/** Every target of a plan, in its order: met from the threshold on, at risk from nine tenths of it (index-766.md §6). */
export function planProgress(plan: Plan, figures: PlanFigures): readonly TargetProgress[] {
  return plan.targets.map((target) => ({ target, ...outcomeOf(target, figures) }));
}

function outcomeOf(target: PlanTarget, figures: PlanFigures): PlanOutcome {
  if (isIndex(target.measure)) return outcomeOfIndex(target, target.measure, figures);
  const measure = COUNTED[target.measure](figures);
  if (measure === null) return { state: 'missing', reason: 'not-reported', measure };
  const { numerator, denominator } = measure;
  if (denominator === 0) return { state: 'missing', reason: 'empty-denominator', measure };
  const value = fractionOf(numerator, denominator);
  const stillNeeded = Math.max(0, roundUp(multiply(target.threshold, fractionOf(denominator))) - numerator);
  return { state: 'measured', value, measure, stillNeeded, verdict: verdictOf(target, value) };
}

function outcomeOfIndex(target: PlanTarget, index: ReportedIndex, { reported, reportedBefore }: PlanFigures): PlanOutcome {
  const now = decimal(reported[index]);
  const before = decimal(reportedBefore[index]);
  if (now === undefined || before === undefined) return { state: 'missing', reason: 'not-reported', measure: null };
  if (before.numerator === 0n) return { state: 'missing', reason: 'empty-denominator', measure: null };
  const value = divide(now, before);
  return { state: 'measured', value, measure: null, stillNeeded: null, verdict: verdictOf(target, value) };
}

function verdictOf({ threshold, comparison }: PlanTarget, value: Fraction): PlanVerdict {
  const order = compare(value, threshold);
  if (order > 0 || (order === 0 && comparison === 'at-least')) return 'met';
  return compare(value, multiply(AT_RISK_FROM, threshold)) >= 0 ? 'at-risk' : 'missed';
}

const COUNTED: Readonly<Record<Exclude<PlanMeasure, ReportedIndex>, (figures: PlanFigures) => Pair | null>> = {
  'fee-procedures-payable-online': ({ measures }) => measures.distinct['fee-procedures-payable-online'],
  'payments-online': ({ measures }) => measures.paymentsOnline,
  'eligible-provided-in-full': ({ measures }) => measures.distinct['eligible-provided-in-full'],
  'received-online': ({ measures }) => measures.pairs['received-online'],
  'resolved-in-full': ({ measures }) => measures.pairs['resolved-in-full'],
  'work-files-online': reportedPair('work-files-online', 'work-files'),
  'valid-results-digitised': reportedPair('valid-results-digitised', 'valid-results'),
  'commune-valid-results-digitised': reportedPair('commune-valid-results-digitised', 'commune-valid-results'),
};

function reportedPair(part: ReportedCount, whole: ReportedCount): (figures: PlanFigures) => Pair | null {
  return ({ reported }) => {
    const numerator = reported[part];
    const denominator = reported[whole];
    return numerator === undefined || denominator === undefined ? null : { numerator, denominator };
  };
}

function isIndex(measure: PlanMeasure): measure is ReportedIndex {
  return measure === 'par-index' || measure === 'sipas';
}

function decimal(text: string | undefined): Fraction | undefined {
  return text === undefined ? undefined : parseDecimal(text);
}
