import { TokenBuckets } from './token-buckets';

const SECOND = 1_000;

describe('a token bucket', () => {
  it('lets a burst pass, then as many as come back', () => {
    const buckets = new TokenBuckets({ perSecond: 2, burst: 3 });
    expect([0, 0, 0, 0].map((at) => buckets.take('a', at))).toEqual([0, 0, 0, 500]);
    expect(buckets.take('a', 250)).toBe(250);
    expect([500, 500].map((at) => buckets.take('a', at))).toEqual([0, 500]);
  });

  it('never holds more than the burst', () => {
    const buckets = new TokenBuckets({ perSecond: 10, burst: 2 });
    buckets.take('a', 0);
    expect([3_600, 3_600, 3_600].map((at) => buckets.take('a', at * SECOND))).toEqual([0, 0, 100]);
  });

  it('does not make one caller wait for another', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 });
    expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('b', 0)]).toEqual([0, 1_000, 0]);
  });

  it('forgets who was silent longest, however many callers there are', () => {
    const buckets = new TokenBuckets({ perSecond: 1, burst: 1 }, 2);
    buckets.take('a', 0);
    buckets.take('b', 0);
    buckets.take('a', 0);
    buckets.take('c', 0);
    expect(buckets.take('a', 0)).toBe(1_000);
    expect(buckets.take('b', 0)).toBe(0);
  });
});
