import type { Instant } from '@index766/kernel';

/** A span without end has `to: null`. */
export interface OpenSpan {
  readonly from: Instant;
  readonly to: Instant | null;
}

const NONE: readonly OpenSpan[] = [];

/** Waits that overlap or touch, joined into the spans during which the clock stood still. Ordered as `waits` are: by start. */
export function joinedPauses(waits: readonly OpenSpan[]): readonly OpenSpan[] {
  if (waits.length === 0) return NONE;
  if (waits.length === 1) return waits;
  const joined: { from: Instant; to: Instant | null }[] = [];
  for (const { from, to } of waits) {
    const last = joined[joined.length - 1];
    if (last === undefined || (last.to !== null && last.to < from)) joined.push({ from, to });
    else if (last.to !== null && (to === null || to > last.to)) last.to = to;
  }
  return joined;
}

/**
 * The instant at which a due instant really passes: while the clock stands still it cannot, so it passes when the pause
 * that covers it ends; null: that pause has not ended.
 */
export function passesAt(dueAt: Instant, waits: readonly OpenSpan[]): Instant | null {
  let passing = dueAt;
  for (const { from, to } of waits) {
    if (from > passing || (to !== null && to <= passing)) continue;
    if (to === null) return null;
    passing = to;
  }
  return passing;
}
