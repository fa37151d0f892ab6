import fc from 'fast-check';

import { mergeById } from './merge-by-id';

async function* paged(ids: readonly string[], size: number) {
  for (let from = 0; from < ids.length; from += size) yield await Promise.resolve(ids.slice(from, from + size).map((id) => ({ id })));
}

describe('two streams in the order of their ids', () => {
  it('are paired by id, whatever their pages', async () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { maxLength: 10 }).map((all) => all.sort());
    const size = fc.integer({ min: 1, max: 4 });

    await fc.assert(
      fc.asyncProperty(ids, ids, size, size, async (left, right, leftSize, rightSize) => {
        const merged: string[] = [];
        for await (const { id, a, b } of mergeById(paged(left, leftSize), paged(right, rightSize))) merged.push(`${id}${a?.id ?? '-'}${b?.id ?? '-'}`);

        const all = [...new Set([...left, ...right])].sort();
        expect(merged).toEqual(all.map((id) => `${id}${left.includes(id) ? id : '-'}${right.includes(id) ? id : '-'}`));
      }),
      { seed: 766, numRuns: 300 },
    );
  });
});
