import { LagAge } from './lag-age';

const facts = (end: bigint, lag: bigint, partition = 0) => ({ topic: 'facts', partition, end, lag });

describe('the age of what a group leaves unread', () => {
  it('is that of the oldest end that was seen and not reached', () => {
    const age = new LagAge();
    expect(age.look([facts(10n, 10n)], 1_000).get('facts')).toBe(0);
    expect(age.look([facts(20n, 20n)], 6_000).get('facts')).toBe(5_000);
    // Up to 10 was there at the first look; it is read now, and what came by the second look is not.
    expect(age.look([facts(20n, 10n)], 8_000).get('facts')).toBe(2_000);
    expect(age.look([facts(20n, 0n)], 9_000).get('facts')).toBe(0);
    expect(age.look([facts(21n, 1n)], 60_000).get('facts')).toBe(0);
  });

  it('is small for a group that keeps up with a log that never rests', () => {
    const age = new LagAge();
    const ages = Array.from({ length: 100 }, (_, look) => age.look([facts(BigInt(10 * look + 10), 3n)], look * 5_000).get('facts'));
    expect(ages.every((each) => each === 0)).toBe(true);
  });

  it('grows with the time that a group stands still, however many looks there are', () => {
    const age = new LagAge();
    const ages = Array.from({ length: 2_000 }, (_, look) => age.look([facts(BigInt(look + 1), BigInt(look + 1))], look * 1_000).get('facts'));
    expect(ages.at(-1)).toBe(1_999_000);
  });

  it('of a topic is that of its partition that waits longest', () => {
    const age = new LagAge();
    age.look([facts(1n, 1n, 0), facts(0n, 0n, 1)], 0);
    expect(age.look([facts(1n, 1n, 0), facts(5n, 5n, 1)], 7_000)).toEqual(new Map([['facts', 7_000]]));
  });
});
