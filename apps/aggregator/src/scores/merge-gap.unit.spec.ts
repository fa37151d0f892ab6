import { gapAfter } from './merge-gap';

describe('the pause after a merge', () => {
  it('is as long as the merge took, within its limits', () => {
    expect([gapAfter(2, 1_000), gapAfter(120, 1_000), gapAfter(1_900, 1_000)]).toEqual([50, 120, 1_000]);
    expect(gapAfter(2, 10)).toBe(10);
  });
});
