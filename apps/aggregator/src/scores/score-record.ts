import type { Measures } from '@index766/index-766';
import type { Instant, UnitCode } from '@index766/kernel';

/** The rolled-up measures of one unit and period: its own and those of all below it. Points are made of them on read. */
export interface ScoreRecord {
  readonly unit: UnitCode;
  /** The period's name. */
  readonly period: string;
  readonly evaluatedAt: Instant;
  readonly measures: Measures;
}

/** A record and the revision of the document that it replaces, read before the record was computed. 0: there is none. */
export interface FencedScore {
  readonly score: ScoreRecord;
  readonly rev: number;
}

/** Port: the merged figures of the periods that are kept up to date. */
export interface ScoreStore {
  /** Absent ones are absent. */
  revisionsOf(keys: readonly ScoreKey[]): Promise<ReadonlyMap<string, number>>;
  /** Answers the keys whose fence was lost. */
  replaceMany(scores: readonly FencedScore[]): Promise<ReadonlySet<string>>;
  findMany(units: readonly UnitCode[], period: string): Promise<readonly ScoreRecord[]>;
}

export interface ScoreKey {
  readonly unit: UnitCode;
  readonly period: string;
}

export function scoreId({ unit, period }: ScoreKey): string {
  return `${unit}|${period}`;
}
