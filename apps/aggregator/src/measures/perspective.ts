import type { Instant, Period } from '@index766/kernel';

import type { Reference } from '../reference';
import { evaluationInstant } from './live-periods';

/** From where figures are looked at (index-766.md §1). */
export interface Perspective {
  readonly period: Period;
  /** T: the period's end, or as-of while it runs. */
  readonly evaluatedAt: Instant;
  /** K: facts count that were known by then; null: all that are known now. */
  readonly knownBy: Instant | null;
  /** As it was known by K. */
  readonly reference: Reference;
}

/** Of somebody who looks now, or who looked at K: what ran then is evaluated as of then. */
export function perspectiveOn(period: Period, now: Instant, reference: Reference, knownBy: Instant | null): Perspective {
  if (knownBy === null) return { period, evaluatedAt: evaluationInstant(period, now), knownBy, reference };
  return { period, evaluatedAt: evaluationInstant(period, knownBy), knownBy, reference: reference.knownBy(knownBy) };
}
