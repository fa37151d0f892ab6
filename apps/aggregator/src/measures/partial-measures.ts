import type { Instant, UnitCode } from '@index766/kernel';
import type { Measures } from '@index766/index-766';

/** What measures are taken of: each source has a keeper of its own, and a unit has the sum of them. */
export const MEASURE_SOURCES = ['cases', 'petitions'] as const;
export type MeasureSource = (typeof MEASURE_SOURCES)[number];

/** What one unit itself holds, over what one source has in one partition, for every period that is kept up to date. */
export interface PartialMeasures {
  readonly unit: UnitCode;
  readonly source: MeasureSource;
  readonly partition: number;
  /** By the period's name. */
  readonly periods: Readonly<Record<string, EvaluatedMeasures>>;
}

export interface EvaluatedMeasures {
  readonly evaluatedAt: Instant;
  readonly measures: Measures;
}

export function partialId({ unit, source, partition }: Pick<PartialMeasures, 'unit' | 'source' | 'partition'>): string {
  return `${unit}|${source}|${partition}`;
}

/** A partial and the revision of the document that it replaces; 0: there is none yet. */
export interface FencedPartial {
  readonly partial: PartialMeasures;
  readonly rev: number;
}

/** Port: partial measures, written by the owner of their partition and read by whoever merges units. */
export interface PartialMeasuresStore {
  /** The revisions of all partials of a source and partition, by unit. */
  revisionsOf(source: MeasureSource, partition: number): Promise<Map<UnitCode, number>>;
  /** Replaces whole partials of one source and partition in one bulk write; answers the units whose fence was lost. */
  replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>>;
  /** Every unit that has partials. */
  units(): Promise<readonly UnitCode[]>;
  /** Partials of these units over all sources and partitions. */
  ofUnits(units: readonly UnitCode[]): Promise<readonly PartialMeasures[]>;
}

/** Port: tells whoever merges units that the figures of these have to be merged again. */
export interface MarkSender {
  mark(units: readonly UnitCode[]): Promise<void>;
}
