import { codesOf, countInCommon, inCommon } from './code-order';
import { SUM_MEASURES, sumPairs, type CodeSets, type Measures, type Pair, type SetName } from './measures';
import { recordOf } from './record-of';

/** The codes that a distinct count (◊ in index-766.md §4) is made of, each list in order; the first is part of the second. */
export interface DistinctCodes {
  readonly numerator: readonly string[];
  readonly denominator: readonly string[];
}

/** A distinct count before it is one: the numerator is what the first two lists have in common. All are in the order of their codes. */
interface DistinctLists {
  readonly of: readonly string[];
  readonly in: readonly string[];
  readonly denominator: readonly string[];
}

/** Which codes each distinct measure counts. Null: not known, which is neither 0 nor full. */
const DISTINCT = {
  'procedures-announced-on-time': (sets) => knownPart(sets, 'announced-on-time', 'due-to-be-announced'),
  'procedures-public-on-time': (sets) => knownPart(sets, 'public-on-time', 'due-to-be-public'),
  'procedures-public-in-full': (sets) => knownPart(sets, 'public-in-full', 'public'),
  'procedures-provided-online': (sets) => knownPart(sets, 'announced-online', 'announced'),
  'online-services-used': (sets) => partOf(of(sets, 'online-offered'), of(sets, 'received-online')),
  'procedures-paid-online': (sets) => ({ of: of(sets, 'paid-online'), in: of(sets, 'paid-online'), denominator: withFees(sets) }),
  'procedures-fee-synchronised': (sets) => ({ of: of(sets, 'fee-procedures'), in: of(sets, 'fee-carried'), denominator: withFees(sets) }),
  'procedures-population-data-used': (sets) => partOf(of(sets, 'citizen-procedures'), of(sets, 'population-data-used')),
  'certified-copies-offered': (sets) =>
    (of(sets, 'communes-with-data').length === 0 ? NO_LISTS : partOf(of(sets, 'communes'), of(sets, 'communes-offering-copies'))),
  'fee-procedures-payable-online': (sets) => partOf(of(sets, 'fee-procedures'), of(sets, 'fee-payable-online')),
  'eligible-provided-in-full': (sets) => partOf(of(sets, 'eligible-for-full'), of(sets, 'provided-in-full')),
} satisfies Record<string, (sets: CodeSets) => DistinctLists | null>;

export type DistinctMeasureName = keyof typeof DISTINCT;
export const DISTINCT_MEASURES = Object.keys(DISTINCT) as readonly DistinctMeasureName[];

/** Everything that an indicator of a definition may be fed by. */
export const SUPPLIED_MEASURES = [...SUM_MEASURES, ...DISTINCT_MEASURES] as const;
export type MeasureName = (typeof SUPPLIED_MEASURES)[number];

/** Measures with their sets counted: what points are made of. It no longer adds up: `Measures` do. */
export interface CountedMeasures extends Omit<Measures, 'sets' | 'paymentsByProcedure'> {
  /** Null: nobody supplies it. */
  readonly distinct: Readonly<Record<DistinctMeasureName, Pair | null>>;
  /** Payments of fee procedures that can be paid online: online ones over all (plan target II.1b). */
  readonly paymentsOnline: Pair;
  /** Units whose 1.4 is what they reported: there are no dossiers behind it. */
  readonly reportingUnits: readonly string[];
}

/** Counts the sets of rolled-up measures, once, at the level that is asked about (index-766.md §2). */
export function countMeasures({ pairs, sets, counts, processingTimeByProcedure, paymentsByProcedure }: Measures): CountedMeasures {
  return {
    pairs, counts, processingTimeByProcedure,
    distinct: recordOf(DISTINCT_MEASURES, (name) => countOf(DISTINCT[name](sets))),
    reportingUnits: of(sets, 'reporting-units'),
    paymentsOnline: sumPairs(of(sets, 'fee-payable-online').flatMap((procedure) => paymentsByProcedure[procedure] ?? [])),
  };
}

/** The codes behind a distinct count; null: not known. */
export function distinctCodes(sets: CodeSets, name: DistinctMeasureName): DistinctCodes | null {
  const lists = DISTINCT[name](sets);
  return lists === null ? null : { numerator: inCommon(lists.of, lists.in), denominator: lists.denominator };
}

export function isDistinct(name: string): name is DistinctMeasureName {
  return name in DISTINCT;
}

/** The pair of a measure as it counts for points: a sum below 0 is none (5.4). Null: nobody supplies it. */
export function pairOf(measures: CountedMeasures, name: MeasureName): Pair | null {
  if (isDistinct(name)) return measures.distinct[name];
  const { numerator, denominator } = measures.pairs[name];
  return { numerator: Math.max(0, numerator), denominator };
}

const NO_CODES: readonly string[] = [];
const NO_LISTS: DistinctLists = { of: NO_CODES, in: NO_CODES, denominator: NO_CODES };

function countOf(lists: DistinctLists | null): Pair | null {
  return lists === null ? null : { numerator: countOnce(lists.of, lists.in), denominator: lists.denominator.length };
}

/** Longer lists are hardly a unit's own: every unit below a province shows the very lists that it published. */
const LONG = 100;
const IN_COMMON = new WeakMap<readonly string[], WeakMap<readonly string[], number>>();

function countOnce(some: readonly string[], others: readonly string[]): number {
  if (some.length < LONG || others.length < LONG) return countInCommon(some, others);
  const known = IN_COMMON.get(others) ?? new WeakMap<readonly string[], number>();
  const count = known.get(some) ?? countInCommon(some, others);
  IN_COMMON.set(others, known.set(some, count));
  return count;
}

function of(sets: CodeSets, name: SetName): readonly string[] {
  return sets[name] ?? NO_CODES;
}

function knownPart(sets: CodeSets, part: SetName, whole: SetName): DistinctLists | null {
  const all = sets[whole];
  return all === undefined ? null : partOf(all, of(sets, part));
}

function partOf(whole: readonly string[], part: readonly string[]): DistinctLists {
  return { of: whole, in: part, denominator: whole };
}

/** F ∪ X: fee procedures, and those outside them with an online payment. */
function withFees(sets: CodeSets): readonly string[] {
  const fees = of(sets, 'fee-procedures');
  const paid = of(sets, 'paid-online');
  return countInCommon(fees, paid) === paid.length ? fees : codesOf([...fees, ...paid]);
}
