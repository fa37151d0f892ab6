export interface BucketSettings {
  /** Tokens that come back in a second. */
  readonly perSecond: number;
  /** Most tokens that a bucket holds. */
  readonly burst: number;
}

interface Bucket {
  readonly tokens: number;
  /** Milliseconds, of a clock that never goes back. */
  readonly filledAt: number;
}

/** Callers that are remembered; beyond that the one that was silent longest begins anew. */
const REMEMBERED = 20_000;
const MILLISECONDS_PER_SECOND = 1_000;

/** A token bucket for each key, in bounded memory. */
export class TokenBuckets {
  /** In the order of their last use. */
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly settings: BucketSettings, private readonly remembered: number = REMEMBERED) {}

  /** Takes one token: 0, or the milliseconds after which there will be one. */
  take(key: string, nowMs: number): number {
    const tokens = this.tokensOf(key, nowMs);
    const left = tokens < 1 ? tokens : tokens - 1;
    this.buckets.delete(key);
    this.buckets.set(key, { tokens: left, filledAt: nowMs });
    if (this.buckets.size > this.remembered) this.forgetOldest();
    return tokens < 1 ? ((1 - tokens) / this.settings.perSecond) * MILLISECONDS_PER_SECOND : 0;
  }

  private tokensOf(key: string, nowMs: number): number {
    const { perSecond, burst } = this.settings;
    const known = this.buckets.get(key);
    if (known === undefined) return burst;
    return Math.min(burst, known.tokens + ((nowMs - known.filledAt) / MILLISECONDS_PER_SECOND) * perSecond);
  }

  private forgetOldest(): void {
    const oldest = this.buckets.keys().next();
    if (oldest.done !== true) this.buckets.delete(oldest.value);
  }
}
