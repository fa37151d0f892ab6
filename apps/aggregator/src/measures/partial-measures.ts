import type { Instant, UnitCode } from '@index766/kernel';
import type { Measures } from '@index766/index-766';

/** What one unit itself holds, over the dossiers of one partition, for every period that is kept up to date. */
export interface PartialMeasures {
  readonly unit: UnitCode;
  readonly partition: number;
  /** By the period's name. */
  readonly periods: Readonly<Record<string, EvaluatedMeasures>>;
}

export interface EvaluatedMeasures {
  readonly evaluatedAt: Instant;
  readonly measures: Measures;
}

/** A partial and the revision of the document that it replaces; 0: there is none yet. */
export interface FencedPartial {
  readonly partial: PartialMeasures;
  readonly rev: number;
}

/** Port: partial measures, written by the owner of their partition and read by whoever merges units. */
export interface PartialMeasuresStore {
  /** The revisions of all partials of a partition, by unit. */
  revisionsOf(partition: number): Promise<Map<UnitCode, number>>;
  /** Replaces whole partials in one bulk write; answers the units whose fence was lost. */
  replaceMany(partials: readonly FencedPartial[]): Promise<ReadonlySet<UnitCode>>;
  /** Every unit that has partials. */
  units(): Promise<readonly UnitCode[]>;
  /** Partials of these units over all partitions. */
  ofUnits(units: readonly UnitCode[]): Promise<readonly PartialMeasures[]>;
}

/** Port: tells whoever merges units that the figures of these have to be merged again. */
export interface MarkSender {
  mark(units: readonly UnitCode[]): Promise<void>;
}
