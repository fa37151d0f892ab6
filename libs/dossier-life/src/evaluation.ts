import type { Instant } from '@index766/kernel';

/** Half-open [start, end); a `Period` of the kernel is one. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * The first instant that does not count any more in a figure at T: at a period's end a fact counts if it came before the
 * end; while the period runs, up to and including T (index-766.md §1). T past the end is the end.
 */
export function evaluationEnd(period: Span, at: Instant): Instant {
  return at < period.end ? ((at + 1) as Instant) : period.end;
}
