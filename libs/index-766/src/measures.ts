import { compareText } from '@index766/kernel';

/**
 * Numerator and denominator of an indicator: whole numbers, not negative. They add up from units to their parents;
 * shares and points are made of them afterwards.
 */
export interface Pair {
  readonly numerator: number;
  readonly denominator: number;
}

/** The measures that the stages supply. Indicators fed by others come out as missing until a stage supplies them. */
export const SUPPLIED_MEASURES = ['on-time', 'processing-time'] as const;
export type MeasureName = (typeof SUPPLIED_MEASURES)[number];

/** How dossiers flow through a unit in a period, and what became of them (lifecycle.md §4, the identity). */
export const FLOW_COUNTS = [
  'in-hand-at-start', 'received', 'received-online', 'received-in-person', 'received-postal', 'transferred-in',
  'transferred-out', 'ended', 'in-hand-at-end',
] as const;
/** What became of the dossiers of 2.1: together they are its denominator. Undetermined open ones are in its numerator. */
export const OUTCOME_COUNTS = [
  'ended-on-time', 'ended-late', 'open-within-term', 'open-overdue', 'waiting-on-time', 'waiting-late', 'undetermined-open',
  'undetermined-ended',
] as const;
export const COUNTS = [...FLOW_COUNTS, ...OUTCOME_COUNTS] as const;
export type CountName = (typeof COUNTS)[number];

/**
 * What is known of one unit and period, as sums: a commutative monoid under `addMeasures` with `NO_MEASURES`. The
 * denominator of `on-time` is the dossiers of 2.1. `processing-time` is whole working seconds over dossiers; seconds,
 * because a push states its instants in them and a sum of fractions would depend on its order.
 */
export interface Measures {
  readonly pairs: Readonly<Record<MeasureName, Pair>>;
  readonly counts: Readonly<Record<CountName, number>>;
  /** 2.2 per procedure code: working seconds over dossiers. */
  readonly processingTimeByProcedure: Readonly<Record<string, Pair>>;
}

const NOTHING: Pair = { numerator: 0, denominator: 0 };

/** Nothing happened: every pair 0/0, every count 0. It is not "missing": the stages looked and found nothing. */
export const NO_MEASURES: Measures = {
  pairs: recordOf(SUPPLIED_MEASURES, () => NOTHING),
  counts: recordOf(COUNTS, () => 0),
  processingTimeByProcedure: {},
};

/** Dossiers of 2.1 with neither a due date nor a term (lifecycle.md §4): a defect of the data. */
export function undeterminedOf({ counts }: Measures): number {
  return counts['undetermined-open'] + counts['undetermined-ended'];
}

export function addPairs(a: Pair, b: Pair): Pair {
  return { numerator: a.numerator + b.numerator, denominator: a.denominator + b.denominator };
}

/** Associative and commutative, with `NO_MEASURES` as identity: any grouping of units gives the same sum. */
export function addMeasures(a: Measures, b: Measures): Measures {
  return sumMeasures([a, b]);
}

/** The same sum over many, in one go: takes time in proportion to what is summed, however many there are. */
export function sumMeasures(parts: readonly Measures[]): Measures {
  const byProcedure = new Map<string, { numerator: number; denominator: number }>();
  for (const { processingTimeByProcedure } of parts) {
    for (const [procedure, { numerator, denominator }] of Object.entries(processingTimeByProcedure)) {
      const sum = byProcedure.get(procedure) ?? { numerator: 0, denominator: 0 };
      sum.numerator += numerator;
      sum.denominator += denominator;
      byProcedure.set(procedure, sum);
    }
  }
  return {
    pairs: recordOf(SUPPLIED_MEASURES, (name) => parts.reduce((sum, { pairs }) => addPairs(sum, pairs[name]), NOTHING)),
    counts: recordOf(COUNTS, (name) => parts.reduce((sum, { counts }) => sum + counts[name], 0)),
    processingTimeByProcedure: Object.fromEntries([...byProcedure].sort(([a], [b]) => compareText(a, b))),
  };
}

function recordOf<Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
