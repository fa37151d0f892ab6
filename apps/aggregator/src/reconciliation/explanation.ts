import type { Fraction } from '@index766/index-766';

/** What the denominator of an indicator counts. */
export type Population = 'dossiers' | 'petitions' | 'procedures' | 'communes';

/** Why one side says nothing. `no-row`, `empty-row`, `no-time-unit`: the portal; the others: here, `no-figures` of a sum. */
export type AbsenceReason = 'no-row' | 'empty-row' | 'no-time-unit' | 'not-supplied' | 'empty-denominator' | 'no-figures' | 'level';

/** A reason for a gap, with the numbers that show it. ADR 0161 has the table of what shows what. */
export type Explanation =
  | { readonly code: 'AGREES' }
  | { readonly code: 'ROUNDING' }
  /** `followed`: what their own counts, or their own rows, come to; null: no points at all. */
  | { readonly code: 'POINTS_DO_NOT_FOLLOW'; readonly followed: Fraction | null; readonly printed: Fraction }
  /** Points were published without counts: there is nothing to hold ours against. */
  | { readonly code: 'POINTS_ALONE' }
  /** `also`: the other indicators over the dossiers of 2.1 that lack, or have, the same number more. */
  | { readonly code: 'MISSING_DOSSIERS' | 'ADDITIONAL_DOSSIERS'; readonly by: number; readonly also: readonly string[] }
  /** Not dossiers, but petitions, procedures or communes: ours less theirs. */
  | { readonly code: 'OTHER_POPULATION'; readonly population: Population; readonly by: number }
  /**
   * `numeratorBy`: ours less theirs, where what is counted does not account for it, else null; `relations`: what the
   * definition demands and their figures do not keep.
   */
  | { readonly code: 'OTHER_DEFINITION'; readonly numeratorBy: number | null; readonly relations: readonly string[] }
  /** Ours was stated by that many units and not counted. */
  | { readonly code: 'REPORTED_FIGURE'; readonly units: number }
  /** `indicators`: those of a sum; empty for an indicator itself. */
  | { readonly code: 'NOT_MEASURED'; readonly side: 'here' | 'portal'; readonly reason: AbsenceReason; readonly indicators: readonly string[] }
  /** The gap of a sum is that of these indicators. */
  | { readonly code: 'DIFFERENT_INDICATORS'; readonly indicators: readonly string[] };

export type ExplanationCode = Explanation['code'];

export const EXPLANATION_CODES = [
  'AGREES', 'ROUNDING', 'POINTS_DO_NOT_FOLLOW', 'POINTS_ALONE', 'MISSING_DOSSIERS', 'ADDITIONAL_DOSSIERS', 'OTHER_POPULATION',
  'OTHER_DEFINITION', 'REPORTED_FIGURE', 'NOT_MEASURED', 'DIFFERENT_INDICATORS',
] as const satisfies readonly ExplanationCode[];
