import { gapAfter, spacedTurns } from './turns';

describe('turns of one subject', () => {
  it('leaves three times as long as the work took, within its limits', () => {
    expect([gapAfter(2, 1_000), gapAfter(40, 1_000), gapAfter(900, 1_000)]).toEqual([50, 120, 1_000]);
    expect(gapAfter(2, 10)).toBe(10);
  });

  it('starts the first work of each subject at once', async () => {
    const turns = spacedTurns(60_000, () => 0);
    const done: string[] = [];
    await turns('H44', () => Promise.resolve(void done.push('H44')));
    await turns('H45', () => Promise.resolve(void done.push('H45')));
    expect(done).toEqual(['H44', 'H45']);
  });

  it('does not start again before the gap is over, also after work that failed', async () => {
    let now = 0;
    const turns = spacedTurns(10, () => now);
    await expect(turns('H44', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    now = 9;
    const startedAt: number[] = [];
    const again = turns('H44', () => Promise.resolve(void startedAt.push(now)));
    now = 10;
    await again;
    expect(startedAt).toEqual([10]);
  });
});
