import { SeededRandom } from './random';

const drawn = (seed: string) => Array.from({ length: 5 }, ((random) => () => random.next())(new SeededRandom(seed)));

describe('the seeded generator', () => {
  it('draws the same for one seed on every machine', () => {
    expect(drawn('766')).toEqual([3_284_833_459, 250_919_804, 1_491_033_545, 1_677_126_220, 3_256_016_257]);
  });

  it('draws otherwise for another seed', () => expect(drawn('766 a')).not.toEqual(drawn('766 b')));

  it('draws evenly', () => {
    const random = new SeededRandom('even');
    const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) {
      const index = random.below(10);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(Math.max(...counts)).toBeLessThan(1_100);
  });

  it('stays inside its bounds', () => {
    const random = new SeededRandom('bounds');
    const values = Array.from({ length: 2_000 }, () => random.between(-2, 2));
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(Array.from({ length: 100 }, () => random.percent(0)).some(Boolean)).toBe(false);
    expect(Array.from({ length: 100 }, () => random.percent(100)).every(Boolean)).toBe(true);
  });

  it('picks by weight, never what weighs nothing', () => {
    const random = new SeededRandom('weights');
    const picked = Array.from({ length: 2_000 }, () => random.weighted([[3, 'often'], [1, 'seldom'], [0, 'never']] as const));
    const often = picked.filter((item) => item === 'often').length;
    expect(picked).not.toContain('never');
    expect(often / picked.length).toBeCloseTo(0.75, 1);
  });

  it('shuffles all items into an order of the seed', () => {
    const order = new SeededRandom('order').shuffle([1, 2, 3, 4, 5, 6, 7, 8]);
    expect([...order].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(order).not.toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new SeededRandom('order').shuffle([1, 2, 3, 4, 5, 6, 7, 8])).toEqual(order);
  });
});
