import { ok, type UnitCode } from '@index766/kernel';

import type { EditionParts } from '../editions';
import { NOTHING_EXCLUDED } from '../editions/visibility';
import { at } from '../test/edition-world';
import { periodNamed } from '../test/in-memory-aggregator';
import { ListsAsPublished } from './lists-as-published';

const KNOWN = at('2026-11-09T09:00:00+07:00');
const list = (officer: string, ...dossiers: readonly string[]) => ({ officers: [{ officer, dossiers: dossiers.map((dossier) => ({ dossier })) }], unassigned: [] });

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
  it('is taken as it was published when the same dossiers are late: whose they are follows from what may not be read', async () => {
    const published = { officers: [], unassigned: [{ why: 'absence', dossiers: [{ dossier: 'D1' }, { dossier: 'D2' }] }] };
    expect(await takenFor(list('a', 'D2', 'D1'), published)).toEqual({ list: published, units: ['H44.1'] });
  });

  it('stays as it comes out when other dossiers are late, and when it is the same', async () => {
    expect(await takenFor(list('a', 'D1', 'D2'), list('a', 'D1'))).toEqual({ list: list('a', 'D1', 'D2'), units: [] });
    expect(await takenFor(list('a', 'D1'), list('a', 'D1'))).toEqual({ list: list('a', 'D1'), units: [] });
  });
});
