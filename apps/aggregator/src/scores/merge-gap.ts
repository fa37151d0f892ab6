/** Merging takes at most one part in so many of the time: the pause after it is that much longer than it was. */
const SHARE_OF_TIME = 4;
/** What came in between is done together; less would be more work for nobody's eyes. */
const LEAST_GAP_MS = 50;

/** Milliseconds to wait after work that took so many: cheap work is done often, and dear work leaves the machine to others. */
export function gapAfter(tookMs: number, longestGapMs: number): number {
  return Math.min(longestGapMs, Math.max(LEAST_GAP_MS, (SHARE_OF_TIME - 1) * tookMs));
}
