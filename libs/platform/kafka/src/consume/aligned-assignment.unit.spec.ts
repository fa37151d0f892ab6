import fc from 'fast-check';
import { alignedAssignment, misalignmentOf, unequalSubscriptions } from './aligned-assignment';

const counts = (topics: readonly string[], count: number) => new Map(topics.map((topic) => [topic, count]));

describe('aligned assignment', () => {
  it('gives partition p of every topic to the same member, round the sorted members', () => {
    const assignment = alignedAssignment(['b', 'a'], counts(['dossier', 'payment', 'document'], 3));
    expect(Object.fromEntries(assignment)).toEqual({
      a: { dossier: [0, 2], payment: [0, 2], document: [0, 2] },
      b: { dossier: [1], payment: [1], document: [1] },
    });
  });

  it('leaves a member without work when there are more members than partitions', () => {
    expect(Object.fromEntries(alignedAssignment(['a', 'b'], counts(['unit'], 1)))).toEqual({ a: { unit: [0] }, b: {} });
  });

  it('covers every partition of every topic exactly once, aligned, whatever the order of the members', () => {
    const member = fc.uuid();
    fc.assert(
      fc.property(
        fc.uniqueArray(member, { minLength: 1, maxLength: 7 }), fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        (members, topics, count) => {
          const assignment = alignedAssignment(members, counts(topics, count));
          const owners = topics.map((topic) => {
            const owner = new Map([...assignment].flatMap(([id, partitions]) => (partitions[topic] ?? []).map((p) => [p, id] as const)));
            const all = [...assignment.values()].flatMap((partitions) => partitions[topic] ?? []);
            expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, p) => p));
            return owner;
          });
          for (const owner of owners) expect(owner).toEqual(owners[0]);
          expect(alignedAssignment([...members].reverse(), counts(topics, count))).toEqual(assignment);
        },
      ),
      { seed: 766, numRuns: 200 },
    );
  });

  it('refuses topics with unequal numbers of partitions, naming each', () => {
    expect(misalignmentOf(counts(['a', 'b'], 12))).toBeUndefined();
    expect(misalignmentOf(new Map([['a', 12], ['b', 6]]))).toContain('a has 12, b has 6');
  });

  it('refuses members that read different topics', () => {
    expect(unequalSubscriptions(new Map([['m1', ['a', 'b']], ['m2', ['b', 'a']]]))).toBeUndefined();
    expect(unequalSubscriptions(new Map([['m1', ['a', 'b']], ['m2', ['a']]]))).toContain('a, b | a');
  });
});
