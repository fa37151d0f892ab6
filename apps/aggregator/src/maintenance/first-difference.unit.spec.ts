import { canonicalText } from '@index766/kernel';
import fc from 'fast-check';

import { firstDifference } from './first-difference';

const stored = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, 1, 'a', 'b', new Date(0), new Date(1)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value')),
  ),
})).value;

describe('the first difference of two stored values', () => {
  it.each([
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
    [{ a: 1, b: undefined }, { a: 1 }, undefined],
    [{ at: new Date(5) }, { at: new Date(5) }, undefined],
    [{ at: new Date(5) }, { at: new Date(6) }, 'at'],
    [{ facts: [{ knownAt: 1 }, { knownAt: 2 }] }, { facts: [{ knownAt: 1 }, { knownAt: 3 }] }, 'facts[1].knownAt'],
    [{ facts: [1] }, { facts: [1, 2] }, 'facts[1]'],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, 'a.c'],
    [undefined, { a: 1 }, ''],
    [[], {}, ''],
    [0, -0, undefined],
  ])('of %j and %j is %j', (a, b, field) => expect(firstDifference(a, b)).toBe(field));

  it('is there exactly if their canonical texts differ', () => {
    fc.assert(
      fc.property(stored, stored, (a, b) => {
        expect(firstDifference(a, b) === undefined).toBe(canonicalText(a) === canonicalText(b));
      }),
      { seed: 766, numRuns: 1_000 },
    );
  });
});
