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
  return {
    pairs: recordOf(SUPPLIED_MEASURES, (name) => addPairs(a.pairs[name], b.pairs[name])),
    counts: recordOf(COUNTS, (name) => a.counts[name] + b.counts[name]),
    processingTimeByProcedure: addByKey(a.processingTimeByProcedure, b.processingTimeByProcedure),
  };
}

function addByKey(
  a: Readonly<Record<string, Pair>>, b: Readonly<Record<string, Pair>>,
): Readonly<Record<string, Pair>> {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(keys.map((key) => [key, addPairs(a[key] ?? NOTHING, b[key] ?? NOTHING)]));
}

function recordOf<Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;
}
