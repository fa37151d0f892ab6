import { backoff } from './consumer-limits';
import { Lane } from './lane';
import { StallWatch } from './stall-watch';
import { FRUITLESS_LIVES_UNTIL_DEAD, LifeCount } from './supervision';

describe('consumers that end one after the other', () => {
  const lives = (count: number, life: { reachedBroker: boolean; fetched: boolean }) => {
    const counted = new LifeCount();
    for (let ended = 0; ended < count; ended += 1) counted.ended(life);
    return counted;
  };

  it('are dead when the broker answers and none of five reads', () => {
    expect(lives(FRUITLESS_LIVES_UNTIL_DEAD - 1, { reachedBroker: true, fetched: false }).isDead).toBe(false);
    expect(lives(FRUITLESS_LIVES_UNTIL_DEAD, { reachedBroker: true, fetched: false }).isDead).toBe(true);
  });

  it('are not dead as long as the broker is away, or when they read', () => {
    expect(lives(100, { reachedBroker: false, fetched: false }).isDead).toBe(false);
    expect(lives(100, { reachedBroker: true, fetched: true }).isDead).toBe(false);
  });

  it('come at growing distances until one reads', () => {
    const counted = lives(4, { reachedBroker: false, fetched: false });
    expect(counted.attempts).toBe(4);
    counted.ended({ reachedBroker: true, fetched: true });
    expect(counted.attempts).toBe(1);
    expect([1, 2, 3, 10, 1_000].map((attempt) => backoff(attempt, 250, 5_000))).toEqual([250, 500, 1_000, 5_000, 5_000]);
  });
});

describe('the watch on a consumer', () => {
  it('notices silence and is quiet while there are signs of life', () => {
    const watch = new StallWatch(10_000, 0);
    for (let now = 1_000; now <= 10_000; now += 1_000) expect(watch.isStalled(now)).toBe(false);
    watch.touch(10_000);
    for (let now = 11_000; now <= 20_000; now += 1_000) expect(watch.isStalled(now)).toBe(false);
    expect(watch.isStalled(20_001)).toBe(true);
  });

  it('does not take its own stop for silence of the broker', () => {
    const watch = new StallWatch(10_000, 0);
    expect(watch.isStalled(1_000)).toBe(false);
    expect(watch.isStalled(60_000)).toBe(false);
    expect(watch.activeAt).toBe(60_000);
  });
});

describe('a lane', () => {
  it('does one thing after the other, failures included', async () => {
    const lane = new Lane(0);
    const done: string[] = [];
    const first = lane.exclusive(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push('first');
      throw new Error('failed');
    });
    const second = lane.exclusive(() => Promise.resolve(done.push('second')));
    await expect(first).rejects.toThrow('failed');
    await second;
    await lane.idle();
    expect(done).toEqual(['first', 'second']);
  });

  it('remembers since when it is blocked and waits longer each time', () => {
    const lane = new Lane(7);
    expect([1_000, 2_000, 3_000].map((now) => lane.block('database away', now, 250, 800))).toEqual([250, 500, 800]);
    expect(lane.blocked).toEqual({ partition: 7, reason: 'database away', since: 1_000, attempts: 3 });
    lane.unblock();
    expect(lane.blocked).toBeUndefined();
    expect(lane.block('away again', 9_000, 250, 800)).toBe(250);
  });
});
