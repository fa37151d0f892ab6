import type { UnitCode } from '@index766/kernel';
import type { Wording } from './definition';
import type { Fraction } from './fraction';

/** What plan targets are measured by (index-766.md §6): counted here, reported as counts, or indices of two years. */
export const PLAN_MEASURES = [
  'fee-procedures-payable-online', 'payments-online', 'eligible-provided-in-full', 'received-online', 'resolved-in-full',
  'work-files-online', 'valid-results-digitised', 'commune-valid-results-digitised', 'par-index', 'sipas',
] as const;
export type PlanMeasure = (typeof PLAN_MEASURES)[number];

export interface PlanTarget {
  readonly id: string;
  readonly name: Wording;
  readonly measure: PlanMeasure;
  readonly threshold: Fraction;
  /** `above`: the threshold itself is not enough. */
  readonly comparison: 'at-least' | 'above';
}

/** The targets of one unit and year (Kế hoạch cải cách hành chính), as data: a changed plan is a new file. */
export interface Plan {
  readonly id: string;
  readonly source: string;
  readonly unit: UnitCode;
  readonly year: number;
  readonly targets: readonly PlanTarget[];
}
