import type { LocalDay } from '@index766/kernel';
import type { MeasureName } from './counted-measures';
import type { Fraction } from './fraction';
import type { EmptyRule } from './points';
import type { UnitLevel } from './unit-tree';

/** A text as it is shown: Vietnamese first, English beside it. */
export interface Wording {
  readonly vi: string;
  readonly en: string;
}

/**
 * How the measure of a parent comes from those of its units: numerators and denominators summed, or the union of
 * distinct sets counted (◊ in index-766.md §4).
 */
export type Combination = 'sum' | 'distinct';

interface IndicatorHead {
  readonly id: string;
  /** The portal's own code of the metric. */
  readonly metricCode: string;
  readonly name: Wording;
  /** The measure that feeds it. */
  readonly measure: MeasureName;
  readonly combination: Combination;
  readonly levels: readonly UnitLevel[];
}

export interface ScoredIndicator extends IndicatorHead {
  readonly kind: 'scored';
  readonly max: number;
  readonly target: Fraction;
  readonly whenEmpty: EmptyRule;
}

/** Shown beside the others, worth no points: 2.2 and 5.1. */
export interface ShownIndicator extends IndicatorHead {
  readonly kind: 'shown';
}

export type IndicatorDefinition = ScoredIndicator | ShownIndicator;

export interface GroupDefinition {
  readonly id: string;
  readonly name: Wording;
  readonly max: number;
  readonly indicators: readonly IndicatorDefinition[];
}

export interface RatingDefinition {
  /** The least total, in points, that earns the word. */
  readonly atLeast: number;
  readonly word: Wording;
}

/** A version of the index, as data: a changed decision is a new definition, never an edited one. */
export interface IndexDefinition {
  readonly id: string;
  readonly source: string;
  readonly validFrom: LocalDay;
  /** The last day it holds; null while it is in force. */
  readonly validTo: LocalDay | null;
  readonly max: number;
  readonly groups: readonly GroupDefinition[];
  /** From the highest down; the last one is at 0. */
  readonly ratings: readonly RatingDefinition[];
  /** Below this share of the applicable maximum with data, a score is "insufficient data". */
  readonly completenessThreshold: Fraction;
  /** Above this share of undetermined dossiers too. */
  readonly undeterminedLimit: Fraction;
  /** The indicator without which there is no sufficient score, and whose denominator is a unit's volume. */
  readonly leadingIndicator: string;
  /** Least volume for a rank: in a week, in longer periods. */
  readonly minimumVolume: { readonly week: number; readonly longer: number };
}

/** They are asked for with each figure of each unit, and a definition never changes. */
const INDICATORS = new WeakMap<IndexDefinition, readonly IndicatorDefinition[]>();

/** Every indicator of the definition, in its order. */
export function indicatorsOf(definition: IndexDefinition): readonly IndicatorDefinition[] {
  const known = INDICATORS.get(definition) ?? definition.groups.flatMap((group) => group.indicators);
  INDICATORS.set(definition, known);
  return known;
}
