export const TERM_KINDS = ['working-hours', 'working-days', 'calendar-days', 'months'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** How long a procedure may take. `amount` is a whole number ≥ 1 of hours, days or months. */
export interface Term {
  readonly kind: TermKind;
  readonly amount: number;
}
