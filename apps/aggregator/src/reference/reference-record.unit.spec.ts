import type { Instant } from '@index766/kernel';
import fc from 'fast-check';

import { addVersions, type ReferenceEntry, type ReferenceRecord } from './reference-record';

const unit = (sequence: number, name = `Xã ${sequence}`): ReferenceRecord => ({
  kind: 'unit', key: 'H44.1', sequence, recordedAt: (sequence * 1_000) as Instant, knownAt: (sequence * 1_000) as Instant,
  data: { code: 'H44.1', version: sequence, name, level: 'COMMUNE', parent: 'H44', validFrom: '2025-07-01' },
});
const officer = (sequence: number, name = `Cán bộ ${sequence}`): ReferenceRecord => ({
  kind: 'officer', key: 'a', sequence, recordedAt: (sequence * 1_000) as Instant, knownAt: (sequence * 1_000) as Instant,
  data: { pseudonym: 'a', name, unit: 'H44.1', ambiguous: false, aliases: [], absences: [] },
});
const sequencesOf = (entry: ReferenceEntry | undefined) => entry?.versions.map(({ sequence }) => sequence);

describe('the versions of a reference key', () => {
  it('are kept by sequence, one above a gap too', () => {
    const { entry, outcomes } = addVersions(undefined, [unit(1), unit(4)]);
    expect([sequencesOf(entry), outcomes]).toEqual([[1, 4], ['applied', 'applied']]);
    expect(sequencesOf(addVersions(entry, [unit(3), unit(2)]).entry)).toEqual([1, 2, 3, 4]);
  });

  it('stay as they are when one comes again', () => {
    const { entry } = addVersions(undefined, [unit(1)]);
    const again = addVersions(entry, [unit(1)]);
    expect([again.entry, again.outcomes]).toEqual([entry, ['duplicate']]);
  });

  it('stay as they are when a known sequence comes with another content', () => {
    const { entry } = addVersions(undefined, [unit(1), unit(1, 'Xã khác')]);
    const again = addVersions(entry, [unit(1, 'Xã khác'), unit(2)]);
    expect([again.outcomes, again.entry?.versions]).toEqual([['conflict', 'applied'], [unit(1), unit(2)]]);
  });

  it('are the newest alone of an officer: a name that was erased does not come back', () => {
    const { entry, outcomes } = addVersions(undefined, [officer(1), officer(3), officer(2), officer(3), officer(3, 'Ai khác')]);
    expect([entry?.versions, outcomes]).toEqual([[officer(3)], ['applied', 'applied', 'duplicate', 'duplicate', 'conflict']]);
  });

  it.each([['unit', unit], ['officer', officer]] as const)('of a %s are the same for every order and grouping', (_, record) => {
    const orders = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 });
    const inOrder = addVersions(undefined, [1, 2, 3, 4, 5].map((sequence) => record(sequence))).entry;
    fc.assert(fc.property(orders, fc.integer({ min: 1, max: 5 }), (order, size) => {
      let entry: ReferenceEntry | undefined;
      for (let from = 0; from < order.length; from += size) {
        entry = addVersions(entry, order.slice(from, from + size).map((sequence) => record(sequence))).entry;
      }
      expect(entry).toEqual(inOrder);
    }), { seed: 766, numRuns: 100 });
  });
});
