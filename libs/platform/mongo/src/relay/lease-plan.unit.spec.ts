import fc from 'fast-check';
import { liveMembers, planLeases, type Lease } from './lease-plan';

const now = new Date('2026-11-24T00:00:00Z');
const later = new Date(now.getTime() + 6_000);
const owned = (owner: string, slots: readonly number[], until = later) => slots.map((slot) => [slot, { owner, until }] as const);

describe('the share of the slots', () => {
  it('is all of them for a member alone', () => {
    expect(planLeases(4, new Map(), [], 'a', now)).toEqual({ hold: [0, 1, 2, 3], giveBack: [] });
  });

  it('is given back when another member comes, who waits until then', () => {
    const leases = new Map<number, Lease>(owned('a', [0, 1, 2, 3]));
    expect(planLeases(4, leases, ['b'], 'a', now)).toEqual({ hold: [0, 2], giveBack: [1, 3] });
    expect(planLeases(4, leases, ['a'], 'b', now)).toEqual({ hold: [], giveBack: [] });
  });

  it('is taken over when a lease has ended', () => {
    const leases = new Map<number, Lease>([...owned('dead', [0, 1], now), ...owned('a', [2])]);
    expect(planLeases(3, leases, [], 'a', now)).toEqual({ hold: [0, 1, 2], giveBack: [] });
  });

  it('waits for a member that is not heard of while its lease lasts', () => {
    expect(planLeases(2, new Map(owned('silent', [1])), [], 'a', now)).toEqual({ hold: [0], giveBack: [] });
  });

  it('is even, complete and without overlap once all members have planned', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), names, (slots, members) => {
        const shares = members.map((me) => planLeases(slots, new Map(), members, me, now).hold);
        expect(shares.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: slots }, (_, slot) => slot));
        const sizes = shares.map((share) => share.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
      { seed: 766, numRuns: 200 },
    );
  });

  it('never takes what a live lease of another holds', () => {
    const lease = fc.record({ owner: fc.constantFrom('a', 'b', 'c'), until: fc.constantFrom(now, later) });
    fc.assert(
      fc.property(fc.array(fc.option(lease), { maxLength: 12 }), fc.subarray(['a', 'b', 'c']), (known, members) => {
        const leases = new Map(known.flatMap((held, slot) => (held ? [[slot, held] as const] : [])));
        const { hold, giveBack } = planLeases(known.length, leases, members, 'a', now);
        for (const slot of hold) {
          const held = leases.get(slot);
          expect(!held || held.owner === 'a' || held.until <= now).toBe(true);
        }
        for (const slot of giveBack) expect(leases.get(slot)?.owner).toBe('a');
      }),
      { seed: 766, numRuns: 300 },
    );
  });
});

describe('the live members', () => {
  it('are those heard of within the lease time', () => {
    expect(liveMembers({ a: later, b: now, c: new Date(0) }, now)).toEqual(['a']);
  });
});
