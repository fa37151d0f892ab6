import type { DossierId } from '@index766/kernel';
import { newAggregate } from '@index766/platform-mongo';
import type { DossierChange, Dossiers, StoredDossier } from '../application/ports';
import { hoSo } from './push-elements';
import { october, pushContext, pushedAll, unknownDossier } from './pushes';

const id = (number: number) => `H44.114-${number}` as DossierId;

/** A dossier that a push made of nothing, or added to. */
function changeOf(dossier: DossierId, fields: Readonly<Record<string, unknown>>, stored?: StoredDossier): DossierChange {
  const start = stored === undefined ? unknownDossier(dossier) : { ...unknownDossier(dossier), state: stored.state };
  return { of: stored?.ref ?? newAggregate(dossier), ...pushedAll([hoSo({ MaHoSo: dossier, ...fields })], pushContext({ recordedAt: october('10 12:00') }), start) };
}

const stored = async (dossiers: Dossiers, dossier: DossierId): Promise<StoredDossier> => {
  const found = (await dossiers.findMany([dossier])).get(dossier);
  if (found === undefined) throw new Error(`${dossier} is not stored`);
  return found;
};

async function winnersAmongTen(dossiers: Dossiers, dossier: DossierId): Promise<number> {
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => dossiers.saveMany([changeOf(dossier, {})])));
  return outcomes.filter(({ lost }) => lost.size === 0).length;
}

/** What every implementation of the port does, the one without a database too: `it.each(DOSSIERS_CONTRACT)`. */
export const DOSSIERS_CONTRACT: readonly (readonly [string, (dossiers: Dossiers) => Promise<void>])[] = [
  ['gives back what was saved, and nothing for other ids', async (dossiers) => {
    const change = changeOf(id(1), { DuocThanhToanTrucTuyen: 1, TrangThaiHoSo: 9, NgayKetThucXuLy: '' });
    expect(await dossiers.saveMany([change])).toEqual({ lost: new Set(), full: new Set() });

    const found = await dossiers.findMany([id(1), id(99)]);
    expect([...found.keys()]).toEqual([id(1)]);
    expect({ ...found.get(id(1))?.state, intakeCount: 0 }).toEqual(change.state);
  }],

  ['adds to what was saved', async (dossiers) => {
    await dossiers.saveMany([changeOf(id(2), {})]);
    const change = changeOf(id(2), { TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }, await stored(dossiers, id(2)));
    await dossiers.saveMany([change]);
    expect((await stored(dossiers, id(2))).state).toEqual(change.state);
  }],

  ['names exactly the dossiers that another writer was faster with', async (dossiers) => {
    await dossiers.saveMany([changeOf(id(3), {}), changeOf(id(4), {})]);
    const [three, four] = [await stored(dossiers, id(3)), await stored(dossiers, id(4))];
    await dossiers.saveMany([changeOf(id(3), { KenhThucHien: 2 }, three)]);

    const { lost } = await dossiers.saveMany([
      changeOf(id(3), { KenhThucHien: 3 }, three), changeOf(id(4), { KenhThucHien: 3 }, four), changeOf(id(5), {}),
    ]);
    expect([...lost]).toEqual([id(3)]);
    expect((await stored(dossiers, id(4))).state.facts.at(-1)?.kind).toBe('dossier-corrected');
  }],

  ['keeps the answers of commands beside the state', async (dossiers) => {
    const command = { key: 'K', requestHash: 'H', answer: { dossier: id(7), facts: [] }, at: new Date('2026-10-10T00:00:00.000Z') };
    await dossiers.saveMany([{ ...changeOf(id(7), {}), commands: [command] }]);
    await dossiers.saveMany([changeOf(id(7), { KenhThucHien: 2 }, await stored(dossiers, id(7)))]);
    expect((await dossiers.findWithCommands(id(7)))?.commands).toEqual([command]);
  }],

  ['lets one of many writers of a new dossier win', async (dossiers) => {
    expect(await winnersAmongTen(dossiers, id(6))).toBe(1);
  }],
];
