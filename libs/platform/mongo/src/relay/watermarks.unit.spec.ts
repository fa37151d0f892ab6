import { instantOf } from '@index766/kernel';
import { watermarksOf } from './watermark-ticker';

const now = instantOf(1_000_000);
const waiting = (slot: number, at: number) => ({ slot, entries: 1, oldestAt: new Date(at) });

describe('the watermark of a slot', () => {
  it('is the grace before now when nothing waits', () => {
    expect(watermarksOf([3], [], now, 30_000)).toEqual([{ slot: 3, recordedBefore: 970_000 }]);
  });

  it('is the grace before the oldest waiting entry of that slot, over all outboxes', () => {
    const backlog = [waiting(1, 900_000), waiting(1, 800_000), waiting(2, 990_000)];
    expect(watermarksOf([0, 1, 2], backlog, now, 30_000)).toEqual([
      { slot: 0, recordedBefore: 970_000 },
      { slot: 1, recordedBefore: 770_000 },
      { slot: 2, recordedBefore: 960_000 },
    ]);
  });

  it('is never ahead of the clock', () => {
    expect(watermarksOf([1], [waiting(1, 2_000_000)], now, 0)).toEqual([{ slot: 1, recordedBefore: 1_000_000 }]);
  });
});
