import type { UnitCode } from '@index766/kernel';

import { MarkBatchHandler, type Mark } from './mark.batch-handler';

const mark = (...units: readonly string[]): Mark => ({ root: 'H44' as UnitCode, units: units as readonly UnitCode[] });

describe('marks of a root', () => {
  const handler = new MarkBatchHandler({ merge: () => Promise.resolve(), forget: () => undefined }, 1, 0);

  it('are merged together, each unit once', () => {
    expect(handler.fold(undefined, [mark('H44.2', 'H44.1'), mark('H44.2')])).toEqual({ document: mark('H44.1', 'H44.2'), outcomes: ['applied', 'applied'] });
  });

  it('keep what came before when they are folded in pieces, because one of them fails', () => {
    const before = handler.fold(undefined, [mark('H44.1')]).document;
    expect(handler.fold(before, [mark('H44.3')]).document).toEqual(mark('H44.1', 'H44.3'));
  });

  it('of which one cannot be merged keep the others from nothing, and come again', async () => {
    const merged: string[] = [];
    const failing = new MarkBatchHandler({
      merge: (root) => (root === 'H45' ? Promise.reject(new Error('away')) : Promise.resolve(void merged.push(root))), forget: () => undefined,
    }, 1, 0);
    const marks = new Map(['H45', 'H44'].map((root) => [root, { root: root as UnitCode, units: [] }]));
    await expect(failing.save(marks)).rejects.toThrow('away');
    expect(merged).toEqual(['H44']);
  });
});
