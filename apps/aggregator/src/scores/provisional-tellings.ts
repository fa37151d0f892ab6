import type { UnitCode } from '@index766/kernel';

/** A province and the name of a period: what editions are of. */
export interface ToldSeries {
  readonly province: UnitCode;
  readonly period: string;
}

/**
 * Port: figures of ended periods that are told while somebody may publish an edition of them, whose figures have to be the last word
 * (ADR 0162).
 */
export interface ProvisionalTellings {
  /** Those that have an edition, taken back or not, as `H44@2026-W47`. */
  published(asked: readonly ToldSeries[]): Promise<ReadonlySet<string>>;
  /** Before anything is told: should whoever tells it vanish meanwhile, an edition is told over it. */
  begin(series: readonly ToldSeries[]): Promise<void>;
  /** After everything was told: an edition that was published meanwhile is told over it. */
  end(series: readonly ToldSeries[]): Promise<void>;
}
