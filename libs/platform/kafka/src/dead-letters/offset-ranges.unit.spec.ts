import fc from 'fast-check';
import { OffsetRanges } from './offset-ranges';

const of = (...offsets: readonly number[]): OffsetRanges => {
  const ranges = new OffsetRanges();
  for (const offset of offsets) ranges.append(BigInt(offset));
  return ranges;
};
const present = (ranges: OffsetRanges): readonly number[] => Array.from({ length: 40 }, (_, offset) => offset).filter((offset) => ranges.has(BigInt(offset)));

describe('offsets kept as ranges', () => {
  it('are those that were added and not removed', () => {
    const ranges = of(3, 4, 5, 9);
    ranges.remove(4n);
    ranges.remove(8n);
    expect(present(ranges)).toEqual([3, 5, 9]);
    expect(ranges.size).toBe(3);
  });

  it('are gone before an offset', () => {
    const ranges = of(3, 4, 5, 9);
    ranges.removeBefore(5n);
    expect(present(ranges)).toEqual([5, 9]);
    expect(ranges.size).toBe(2);
  });

  it('are the same as in a set, whatever is removed in whatever order', () => {
    const offsets = fc.uniqueArray(fc.nat(30), { maxLength: 20 }).map((all) => [...all].sort((a, b) => a - b));
    fc.assert(fc.property(offsets, fc.array(fc.nat(31), { maxLength: 20 }), fc.nat(31), (added, removed, before) => {
      const [ranges, set] = [of(...added), new Set(added)];
      for (const offset of removed) {
        ranges.remove(BigInt(offset));
        set.delete(offset);
      }
      expect(present(ranges)).toEqual([...set]);
      expect(ranges.size).toBe(set.size);
      ranges.removeBefore(BigInt(before));
      const kept = [...set].filter((offset) => offset >= before);
      expect(present(ranges)).toEqual(kept);
      expect(ranges.size).toBe(kept.length);
    }), { seed: 766, numRuns: 300 });
  });
});
