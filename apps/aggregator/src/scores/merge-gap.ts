/** What came in between is done together; less would be more work for nobody's eyes. */
const LEAST_GAP_MS = 50;

/** Milliseconds to wait after a merge that took so many: merging takes half of the time at most, so that cheap merges are done often. */
export function gapAfter(tookMs: number, longestGapMs: number): number {
  return Math.min(longestGapMs, Math.max(LEAST_GAP_MS, tookMs));
}
