import { ok, type UnitCode } from '@index766/kernel';

import type { EditionParts } from '../editions';
import { NOTHING_EXCLUDED } from '../editions/visibility';
import { at } from '../test/edition-world';
import { periodNamed } from '../test/in-memory-aggregator';
import { ListsAsPublished } from './lists-as-published';

const KNOWN = at('2026-11-09T09:00:00+07:00');

const dossier = (code: string, minutes = 60, changes: object = {}) => ({
  dossier: code, procedure: '2.000815', unit: 'H44.1', state: 'ended-late', dueAt: '2026-11-03T17:00:00.000Z', endedAt: '2026-11-04T02:00:00.000Z', bySecondSupplement: false,
  ownLateWorkingMinutes: minutes, daysLate: 0.25, apologyGiven: false, ...changes,
});
type Dossier = ReturnType<typeof dossier>;
const officer = (name: string, dossiers: readonly Dossier[], changes: object = {}) => ({
  rank: 1, officer: name, endedLate: dossiers.filter(({ state }) => state === 'ended-late').length, overdueOpen: dossiers.filter(({ state }) => state !== 'ended-late').length,
  handled: 10, lateShare: dossiers.length / 10, lateWorkingMinutes: dossiers.reduce((sum, each) => sum + each.ownLateWorkingMinutes, 0),
  worstWorkingMinutes: Math.max(...dossiers.map((each) => each.ownLateWorkingMinutes)), lateStepsOnTime: 0, dossiers, ...changes,
});
type Officer = ReturnType<typeof officer>;
const list = (officers: readonly Officer[], changes: object = {}) => ({
  officers, byShare: officers.map((each) => ({ rank: 1, officer: each.officer, late: each.dossiers.length, handled: each.handled })), unassigned: [], objections: [], ...changes,
});
const [D1, D2] = [dossier('D1'), dossier('D2', 30)];

/** The list of a unit that comes out, where another one was published. */
async function takenFor(computed: object, published: object) {
  const parts: EditionParts = {
    definition: '766-2026', calendar: { id: 'vn', version: 1 }, rankings: [],
    units: [{ unit: 'H44.1', name: 'H44.1', level: 'COMMUNE', parent: 'H44', index: {}, lateOfficers: computed }],
  };
  const lists = new ListsAsPublished({ partsOf: () => Promise.resolve(ok(parts)), causesOf: () => Promise.resolve([]) }, new Map([['H44.1', published]]));
  const found = await lists.partsOf('H44' as UnitCode, periodNamed('2026-W45'), { knownBefore: KNOWN, catalogKnownBefore: KNOWN, exclusions: NOTHING_EXCLUDED });
  return { list: found.ok && found.value.units[0]?.lateOfficers, units: lists.units };
}

describe('a list of late officers that comes out otherwise than it was published', () => {
  it.each<[string, object]>([
    ['of nobody, for an absence', list([], { unassigned: [{ why: 'absence', dossiers: [D1, D2] }] })],
    ['of another officer, with whom the first one was merged', list([officer('b', [D1, D2])])],
    ['of two officers, each for another time', list([officer('a', [dossier('D1', 45)]), officer('b', [D1, D2])])],
  ])('is taken as it was published when the same dossiers are late: %s', async (_, published) => {
    expect(await takenFor(list([officer('a', [D2, D1])]), published)).toEqual({ list: published, units: ['H44.1'] });
  });

  it('stays as it comes out when it is the same', async () => {
    expect(await takenFor(list([officer('a', [D1])]), list([officer('a', [D1])]))).toEqual({ list: list([officer('a', [D1])]), units: [] });
  });

  it.each<[string, object]>([
    ['has other dossiers', list([officer('b', [D1])])],
    ['has a due instant otherwise', list([officer('b', [dossier('D1', 60, { dueAt: '2026-11-04T17:00:00.000Z' }), D2])])],
    ['has an end otherwise', list([officer('b', [dossier('D1', 60, { endedAt: '2026-11-05T02:00:00.000Z' }), D2])])],
    ['says that one is open still', list([officer('b', [dossier('D1', 60, { state: 'overdue-open', endedAt: null }), D2])])],
    ['says it is less late', list([officer('b', [dossier('D1', 60, { daysLate: 0.1 }), D2])])],
    ['says that an apology was given', list([officer('b', [dossier('D1', 60, { apologyGiven: true }), D2])])],
    ['counts fewer that ended late', list([officer('b', [D1, D2], { endedLate: 1 })])],
    ['counts one as open', list([officer('b', [D1, D2], { endedLate: 1, overdueOpen: 1 })])],
    ['sums less late time', list([officer('b', [D1, D2], { lateWorkingMinutes: 80 })])],
    ['has another worst time', list([officer('b', [D1, D2], { worstWorkingMinutes: 30 })])],
    ['has another share', list([officer('b', [D1, D2], { lateShare: 0.1 })])],
    ['counts otherwise in the order by share', list([officer('b', [D1, D2])], { byShare: [{ rank: 1, officer: 'b', late: 1, handled: 10 }] })],
    ['has an objection that nobody made', list([officer('b', [D1, D2])], { objections: [{ objection: 'b/1' }] })],
  ])('stays as it comes out when the published one %s', async (_, published) => {
    const computed = list([officer('a', [D1, D2])]);
    expect(await takenFor(computed, published)).toEqual({ list: computed, units: [] });
  });
});
