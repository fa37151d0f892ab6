import { formatInstant, instantOf, type OfficerPseudonym } from '@index766/kernel';

import { CachedReferenceRecords } from './cached-reference-records';
import type { ReferenceContent } from './mongo-reference';

const PSEUDONYM = '0123456789abcdef0123456789abcdef' as OfficerPseudonym;
const at = (day: number) => instantOf(Date.UTC(2026, 9, day));
const absence = (day: string) => ({ firstDay: day, lastDay: day });

/** A cache with one officer, whose newest record came on the ninth. */
function recordsWith(data: object | null): CachedReferenceRecords {
  const content = {
    kind: 'officer', versions: [{ kind: 'officer', key: PSEUDONYM, sequence: 3, recordedAt: new Date(at(9)), knownAt: new Date(at(9)), data }],
  } as unknown as ReferenceContent;
  const cache = { revision: 1, find: () => content, entries: () => new Map([[`officer:${PSEUDONYM}`, content]]).entries() };
  return new CachedReferenceRecords(cache);
}
const described = { pseudonym: PSEUDONYM, name: 'Cán bộ Ví Dụ', unit: 'H44.1', aliases: [], ambiguous: true, absences: [absence('2026-10-08')] };

describe('what is known of an officer', () => {
  const records = recordsWith({
    ...described, knownSince: formatInstant(at(7)),
    earlier: [{ knownSince: formatInstant(at(1)), ambiguous: false, absences: [] }, { knownSince: formatInstant(at(3)), ambiguous: false, absences: [absence('2026-10-02')] }],
  });
  const absencesAt = (day: number) => records.knownBy(at(day)).officer(PSEUDONYM)?.absences.length;

  it('is what was recorded by K, though the newest record came later; the name is the newest', () => {
    expect([1, 2, 3, 6, 7, 8, 9].map(absencesAt)).toEqual([0, 0, 1, 1, 1, 1, 1]);
    expect([6, 7].map((day) => records.knownBy(at(day)).officer(PSEUDONYM)?.ambiguous)).toEqual([false, true]);
    expect(records.knownBy(at(2)).officer(PSEUDONYM)?.name).toBe('Cán bộ Ví Dụ');
    expect(records.officer(PSEUDONYM)).toMatchObject({ ambiguous: true });
  });

  it('was nothing before the first word of it', () => {
    expect(records.knownBy(instantOf(Date.UTC(2026, 8, 30))).officer(PSEUDONYM)).toMatchObject({ ambiguous: false, mergedInto: null, absences: [] });
  });

  it('holds for every K where the record does not say since when, and is nothing once the name was erased', () => {
    expect(recordsWith(described).knownBy(at(2)).officer(PSEUDONYM)).toMatchObject({ ambiguous: true });
    expect(recordsWith(null).officer(PSEUDONYM)).toBeUndefined();
  });
});
