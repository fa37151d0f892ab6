import { restAfter } from './relay-lane';

describe('the rest of a lane', () => {
  it('is short after the rounds of a quiet day, and longer the more a round carried', () => {
    expect([0, 1, 100].map(restAfter)).toEqual([200, 200, 200]);
    expect([101, 160].map(restAfter)).toEqual([205, 500]);
  });

  it('is never longer than a second', () => {
    expect([260, 261, 500].map(restAfter)).toEqual([1_000, 1_000, 1_000]);
  });
});
