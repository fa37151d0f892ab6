import { countMeasures, type CountedMeasures, type Measures } from '@index766/index-766';
import type { Instant, UnitCode } from '@index766/kernel';

/** The rolled-up measures of one unit and period: its own and those of all below it. Points are made of them on read. */
export interface ScoreRecord {
  readonly unit: UnitCode;
  /** The period's name. */
  readonly period: string;
  readonly evaluatedAt: Instant;
  readonly counted: CountedMeasures;
  /** What was counted, of roots alone: the country unites it. Of other units it is not kept, for nothing is above them here. */
  readonly united: UnitedParts | null;
}

/** The parts of measures that counting leaves out. */
export type UnitedParts = Pick<Measures, 'sets' | 'paymentsByProcedure'>;

/** A record and the revision of the document that it replaces, read before the record was computed. 0: there is none. */
export interface FencedScore {
  readonly score: ScoreRecord;
  readonly rev: number;
}

/** A record without the sets that it was counted from: they are longer than all the rest, and few readers want them. */
export type CountedScore = Omit<ScoreRecord, 'united'>;

/** Port: the merged figures of the periods that are kept up to date, for whoever merges. */
export interface ScoreStore {
  /** By `scoreId`; absent ones are absent. */
  revisionsOf(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, number>>;
  /** Answers the keys whose fence was lost. */
  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>>;
  removeMany(keys: readonly ScoreKey[]): Promise<void>;
}

/** Figures of a unit that is not there in the period any more. */
export interface GoneScore extends ScoreKey {
  /** Whoever merges what the unit left, and publishes it. */
  readonly root: UnitCode;
}

/** Port: tells whoever is outside how figures stand now; whatever is told again is told anew. */
export interface LatestScores {
  tell(records: readonly ScoreRecord[]): Promise<void>;
  /** Tells that there is nothing any more; false: nobody was told, and somebody has to be. */
  withdraw(gone: readonly GoneScore[]): Promise<boolean>;
}

/** Repairs and checks change nothing that anybody has to hear of: what they write is told when it is merged next. */
export const TELLS_NOBODY: LatestScores = { tell: () => Promise.resolve(), withdraw: () => Promise.resolve(false) };

/** Port: the same figures for whoever shows them; absent ones are absent. */
export interface ScoreReader {
  countedOf(units: readonly UnitCode[], period: string): Promise<readonly CountedScore[]>;
  /** With what was united. */
  wholeOf(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]>;
  /** Those of the units that have a record. */
  present(units: readonly UnitCode[], period: string): Promise<ReadonlySet<UnitCode>>;
}

export interface ScoreKey {
  readonly unit: UnitCode;
  readonly period: string;
}

export function scoreId({ unit, period }: ScoreKey): string {
  return `${unit}|${period}`;
}

/** @param isRoot whether the sets are kept for what is above it */
export function scoreRecord(key: ScoreKey & { readonly evaluatedAt: Instant }, measures: Measures, isRoot: boolean): ScoreRecord {
  const { unit, period, evaluatedAt } = key;
  const { sets, paymentsByProcedure } = measures;
  return { unit, period, evaluatedAt, counted: countMeasures(measures), united: isRoot ? { sets, paymentsByProcedure } : null };
}

/** The measures that the record of a root was made of. */
export function measuresOf({ counted, united }: ScoreRecord): Measures | undefined {
  if (united === null) return undefined;
  const { pairs, counts, processingTimeByProcedure } = counted;
  return { pairs, counts, processingTimeByProcedure, ...united };
}
