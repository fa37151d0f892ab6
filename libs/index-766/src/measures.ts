import { compareText } from '@index766/kernel';
import { sumByProcedure, uniteCodes } from './code-order';
import { recordOf } from './record-of';

/**
 * Numerator and denominator of an indicator, whole numbers. They add up from units to their parents; shares and points
 * are made of them afterwards. A numerator below 0 (5.4, of a unit where much is wrong twice) still adds up.
 */
export interface Pair {
  readonly numerator: number;
  readonly denominator: number;
}

/** Made of the dossiers of a unit, `processing-time` in whole working seconds over dossiers. */
export const CASE_MEASURES = [
  'dossiers-synchronised', 'on-time', 'processing-time', 'received-online', 'dossiers-paid-online', 'dossiers-satisfied',
  'electronic-results', 'dossiers-digitised', 'components-reused', 'personal-store-used', 'population-data-used',
  'resolved-in-full',
] as const;
/** Made of its petitions. */
export const PETITION_MEASURES = [
  'petitions-about-rules', 'petitions-about-officers', 'petitions-on-time', 'petitions-satisfied',
] as const;
export const SUM_MEASURES = [...CASE_MEASURES, ...PETITION_MEASURES] as const;
export type CaseMeasureName = (typeof CASE_MEASURES)[number];
export type PetitionMeasureName = (typeof PETITION_MEASURES)[number];
export type SumMeasureName = (typeof SUM_MEASURES)[number];

/** Procedures that something happened to. */
export const CASE_SETS = ['received-online', 'paid-online', 'fee-carried', 'population-data-used'] as const;
/** What a province announces and publishes: the units below it show its sets (index-766.md §4). */
export const PUBLICATION_SETS = [
  'due-to-be-announced', 'announced-on-time', 'due-to-be-public', 'public-on-time', 'public', 'public-in-full',
  'announced', 'announced-online',
] as const;
/** What a unit has of its own. */
export const STOCK_SETS = [
  'online-offered', 'fee-procedures', 'fee-payable-online', 'citizen-procedures', 'eligible-for-full', 'provided-in-full',
] as const;
/** Codes of communes: all, those of which it is known whether they offer certified copies, those that do. */
export const COMMUNE_SETS = ['communes', 'communes-with-data', 'communes-offering-copies'] as const;
/** Units that reported 1.4: what they state has no dossiers behind it. */
export const REPORT_SETS = ['reporting-units'] as const;
export const SET_NAMES = [...CASE_SETS, ...PUBLICATION_SETS, ...STOCK_SETS, ...COMMUNE_SETS, ...REPORT_SETS] as const;
export type CaseSetName = (typeof CASE_SETS)[number];
export type PublicationSetName = (typeof PUBLICATION_SETS)[number];
export type StockSetName = (typeof STOCK_SETS)[number];
export type SetName = (typeof SET_NAMES)[number];

/** Distinct codes in order; a set that is undefined is not known, an empty one is known to be empty. Made by `codeSets` or copied from one that was. */
export type CodeSets = Readonly<Record<SetName, readonly string[] | undefined>>;
type Codes = CodeSets[SetName];

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

/** By procedure code, in its order. */
export type PairsByProcedure = Readonly<Record<string, Pair>>;

/**
 * What is known of units and a period before anything is counted, clipped or rounded: a commutative monoid under
 * `addMeasures` with `NO_MEASURES`. Pairs and counts add up, sets unite; so it is the same for every order and grouping
 * of dossiers, petitions and units (index-766.md §2).
 */
export interface Measures {
  readonly pairs: Readonly<Record<SumMeasureName, Pair>>;
  readonly sets: CodeSets;
  readonly counts: Readonly<Record<CountName, number>>;
  /** 2.2 per procedure code: working seconds over dossiers. */
  readonly processingTimeByProcedure: PairsByProcedure;
  /** Online payments over payments that succeeded in the period (plan target II.1b). */
  readonly paymentsByProcedure: PairsByProcedure;
}

const NOTHING: Pair = { numerator: 0, denominator: 0 };

/** No set is known. */
export const NO_SETS: CodeSets = recordOf<SetName, Codes>(SET_NAMES, () => undefined);

/**
 * Sets of which these are known. All sets have all names in one order: so equal ones are equal texts, in whatever steps they came
 * about, and they are read fast. What is read from a text lacks what is not known.
 */
export function codeSets(known: Partial<CodeSets>): CodeSets {
  return { ...NO_SETS, ...known };
}

/** Nothing happened: every pair 0/0, every count 0, no set known. It is not "missing": the stages looked and found nothing. */
export const NO_MEASURES: Measures = {
  pairs: recordOf(SUM_MEASURES, () => NOTHING),
  sets: NO_SETS,
  counts: recordOf(COUNTS, () => 0),
  processingTimeByProcedure: {},
  paymentsByProcedure: {},
};

/** Dossiers of 2.1 with neither a due date nor a term (lifecycle.md §4): a defect of the data. */
export function undeterminedOf({ counts }: Pick<Measures, 'counts'>): number {
  return counts['undetermined-open'] + counts['undetermined-ended'];
}

/** Received by post, of all received. */
export function postalShareOf({ counts }: Pick<Measures, 'counts'>): Pair {
  return { numerator: counts['received-postal'], denominator: counts.received };
}

/** Associative and commutative, with `NO_MEASURES` as identity: any grouping of units gives the same. */
export function addMeasures(a: Measures, b: Measures): Measures {
  return sumMeasures([a, b]);
}

/** The same over many, in one go: takes time in proportion to what is summed, however many there are. */
export function sumMeasures(parts: readonly Measures[]): Measures {
  const filled = parts.filter((part) => part !== NO_MEASURES);
  const [only] = filled;
  if (filled.length <= 1) return only ?? NO_MEASURES;
  return {
    pairs: allPairs(filled.filter(({ pairs }) => pairs !== NO_MEASURES.pairs)),
    sets: uniteSets(filled.flatMap(({ sets }) => (sets === NO_SETS ? [] : [sets]))),
    counts: allCounts(filled.filter(({ counts }) => counts !== NO_MEASURES.counts)),
    processingTimeByProcedure: allByProcedure(filled.map(({ processingTimeByProcedure }) => processingTimeByProcedure)),
    paymentsByProcedure: allByProcedure(filled.map(({ paymentsByProcedure }) => paymentsByProcedure)),
  };
}

export function sumPairs(pairs: readonly Pair[]): Pair {
  let [numerator, denominator] = [0, 0];
  for (const pair of pairs) {
    numerator += pair.numerator;
    denominator += pair.denominator;
  }
  return { numerator, denominator };
}

/** @param parts without those in which nothing happened: most have stocks, petitions or cases of long ago alone */
function allPairs(parts: readonly Measures[]): Measures['pairs'] {
  const [only] = parts;
  return parts.length <= 1 ? (only ?? NO_MEASURES).pairs : recordOf(SUM_MEASURES, (name) => sumOfPairs(parts, name));
}

function allCounts(parts: readonly Measures[]): Measures['counts'] {
  const [only] = parts;
  return parts.length <= 1 ? (only ?? NO_MEASURES).counts : recordOf(COUNTS, (name) => sumOfCounts(parts, name));
}

function sumOfPairs(parts: readonly Measures[], name: SumMeasureName): Pair {
  let [numerator, denominator] = [0, 0];
  for (const { pairs } of parts) {
    numerator += pairs[name].numerator;
    denominator += pairs[name].denominator;
  }
  return { numerator, denominator };
}

function sumOfCounts(parts: readonly Measures[], name: CountName): number {
  let sum = 0;
  for (const { counts } of parts) sum += counts[name];
  return sum;
}

/** Procedures in the order of their codes. */
export function byProcedureOf(pairs: Iterable<readonly [procedure: string, pair: Pair]>): PairsByProcedure {
  return Object.fromEntries([...pairs].sort(([a], [b]) => compareText(a, b)));
}

function uniteSets(parts: readonly CodeSets[]): CodeSets {
  const [only] = parts;
  if (parts.length <= 1) return only ?? NO_SETS;
  return recordOf<SetName, Codes>(SET_NAMES, (name) => {
    const filled: (readonly string[])[] = [];
    let known: Codes;
    for (const sets of parts) {
      const codes = sets[name];
      if (codes === undefined) continue;
      known = codes;
      if (codes.length > 0) filled.push(codes);
    }
    return filled.length > 1 ? uniteCodes(filled) : filled[0] ?? known;
  });
}

function allByProcedure(parts: readonly PairsByProcedure[]): PairsByProcedure {
  const filled = parts.filter(hasProcedures);
  return filled.length > 1 ? sumByProcedure(filled) : filled[0] ?? {};
}

function hasProcedures(pairs: PairsByProcedure): boolean {
  for (const _ in pairs) return true;
  return false;
}
