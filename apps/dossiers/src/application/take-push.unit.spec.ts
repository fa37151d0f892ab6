import type { DossierId, UnitCode } from '@index766/kernel';
import type { SeenOfficer } from '../domain/seen-officer';
import { readPush } from '../intake/read-push';
import { InMemoryDossiers } from '../test/in-memory-dossiers';
import { hoSo, tienTrinh } from '../test/push-elements';
import { PSEUDONYMS, contentsOf, october, type PushElement } from '../test/pushes';
import { emptyReference } from '../test/reference';
import { TakePush, type PushOutcome } from './take-push';

const NOW = october('20 12:00');
const id = (number: number) => `H44.114-${number}` as DossierId;

/** Officers without a database, and the order in which they and dossiers were written. */
class OfficerLog {
  readonly seen: SeenOfficer[] = [];
  remember(officers: readonly SeenOfficer[]): Promise<void> {
    this.seen.push(...officers);
    return Promise.resolve();
  }
}

const elementsOf = (elements: readonly PushElement[]) => {
  const service = elements.some((element) => 'NgayBatDau' in element) ? 'CapNhatTienDoHoSoMC' : 'DongBoHoSoMC';
  const read = readPush({ service, data: elements }, { pseudonyms: PSEUDONYMS, sourceUnit: 'H44' as UnitCode, mayReplay: true, now: NOW });
  if (!read.ok) throw new Error(read.error.code);
  return read.value.elements.flatMap(({ element }) => (element.ok ? [element.value] : []));
};

const takePushInto = (dossiers: InMemoryDossiers, officers = new OfficerLog(), covers: (unit: UnitCode) => boolean = () => true) => {
  const takePush = new TakePush(dossiers, officers, emptyReference(), { now: () => NOW });
  return (elements: readonly PushElement[]): Promise<PushOutcome> =>
    takePush.execute({ source: 'H44', backfill: false, covers, elements: elementsOf(elements) });
};

const factsOf = async (dossiers: InMemoryDossiers, dossier: DossierId) => (await dossiers.findMany([dossier])).get(dossier)?.state.facts ?? [];

describe('taking a push in', () => {
  it('writes all its dossiers at once, each element judged after those before it', async () => {
    const dossiers = new InMemoryDossiers();
    const outcome = await takePushInto(dossiers)([hoSo({ MaHoSo: id(1) }), hoSo({ MaHoSo: id(2) }), hoSo({ MaHoSo: id(1), TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' })]);

    expect(dossiers.saves).toEqual([[id(1), id(2)]]);
    expect(outcome).toEqual({ refusals: [undefined, undefined, undefined], newFacts: 7 });
    expect((await factsOf(dossiers, id(1))).map(({ kind }) => kind)).toEqual(['dossier-registered', 'dossier-received', 'due-date-set', 'dossier-finished']);
  });

  it('writes nothing where nothing is new', async () => {
    const dossiers = new InMemoryDossiers();
    const take = takePushInto(dossiers);
    await take([hoSo({ MaHoSo: id(1) })]);
    expect(await take([hoSo({ MaHoSo: id(1) })])).toEqual({ refusals: [undefined], newFacts: 0 });
    expect(dossiers.saves).toEqual([[id(1)], []]);
  });

  it('refuses one element and takes the others of the same dossier', async () => {
    const dossiers = new InMemoryDossiers();
    const { refusals } = await takePushInto(dossiers)([
      hoSo({ MaHoSo: id(1) }), hoSo({ MaHoSo: id(1), TrangThaiHoSo: 3, NgayTuChoi: '07/10/2026 09:00:00' }), hoSo({ MaHoSo: id(1), TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }),
    ]);
    expect(refusals.map((refusal) => refusal?.code)).toEqual([undefined, 'DOSSIER.ALREADY_RECEIVED', undefined]);
    expect((await factsOf(dossiers, id(1))).at(-1)?.kind).toBe('dossier-finished');
  });

  it('decides exactly those again that another writer was faster with', async () => {
    const dossiers: InMemoryDossiers = new InMemoryDossiers(async (save) => {
      if (save === 1) await takePushInto(dossiers)([hoSo({ MaHoSo: id(2), KenhThucHien: 2, NgayNopHoSo: '' })]);
    });
    const outcome = await takePushInto(dossiers)([hoSo({ MaHoSo: id(1) }), hoSo({ MaHoSo: id(2) })]);

    expect(dossiers.saves).toEqual([[id(1), id(2)], [id(2)], [id(2)]]);
    expect(outcome.refusals).toEqual([undefined, undefined]);
    const facts = await factsOf(dossiers, id(2));
    expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
    expect(facts.map(({ kind }) => kind)).toEqual(['dossier-received', 'due-date-set', 'dossier-registered', 'dossier-corrected']);
  });

  it('gives up on a dossier that others never let go of, and only on that', async () => {
    let isRivalWriting = false;
    const dossiers: InMemoryDossiers = new InMemoryDossiers(async (save) => {
      if (isRivalWriting) return;
      isRivalWriting = true;
      await takePushInto(dossiers)([hoSo({ MaHoSo: id(2), NgayHenTra: `${10 + save}/11/2026` })]);
      isRivalWriting = false;
    });
    const { refusals } = await takePushInto(dossiers)([hoSo({ MaHoSo: id(1) }), hoSo({ MaHoSo: id(2), KenhThucHien: 2 })]);
    expect(refusals.map((refusal) => refusal?.code)).toEqual([undefined, 'AGGREGATE.CONTENDED']);
  });

  it('remembers officers before dossiers name them, each once', async () => {
    const officers = new OfficerLog();
    const savedBefore: number[] = [];
    const dossiers = new InMemoryDossiers(() => {
      savedBefore.push(officers.seen.length);
      return Promise.resolve();
    });
    await takePushInto(dossiers, officers)([tienTrinh({ MaHoSo: id(1) }), tienTrinh({ MaHoSo: id(1), NgayBatDau: '06/10/2026 09:00:00' }), tienTrinh({ MaHoSo: id(2), NguoiXuLy: 'Lê Thị Ba' })]);
    expect(officers.seen.map(({ name }) => name)).toEqual(['Trần Thị Ví Dụ', 'Lê Thị Ba']);
    expect(savedBefore).toEqual([2]);
  });

  it('remembers an officer of two titles under each of them', async () => {
    const officers = new OfficerLog();
    await takePushInto(new InMemoryDossiers(), officers)([tienTrinh({ MaHoSo: id(1) }), tienTrinh({ MaHoSo: id(1), ChucDanh: 'Phó phòng' }), tienTrinh({ MaHoSo: id(1) })]);
    expect(officers.seen.map(({ title }) => title)).toEqual(['Công chức Tư pháp - Hộ tịch', 'Phó phòng']);
  });

  it('remembers nobody whom a refused step names, nor a repeated one that is out of scope', async () => {
    const officers = new OfficerLog();
    const dossiers = new InMemoryDossiers();
    await takePushInto(dossiers)([tienTrinh({ MaHoSo: id(1) })]);
    const stranger = takePushInto(dossiers, officers, (unit) => unit === 'H45.1');

    const { refusals } = await stranger([
      tienTrinh({ MaHoSo: id(1), NguoiXuLy: 'Lê Thị Ba' }), tienTrinh({ MaHoSo: id(1), ChucDanh: 'Phó phòng' }),
      tienTrinh({ MaHoSo: id(2), NguoiXuLy: 'Phạm Văn Tư' }), tienTrinh({ MaHoSo: 'H45.1-1', NguoiXuLy: 'Võ Thị Năm' }),
    ]);
    expect(refusals.map((refusal) => refusal?.code)).toEqual(['AUTH.UNIT_OUT_OF_SCOPE', undefined, 'AUTH.UNIT_OUT_OF_SCOPE', undefined]);
    expect(officers.seen.map(({ name }) => name)).toEqual(['Võ Thị Năm']);
  });

  it('judges the officer of a step by the dossier as it stands in the database', async () => {
    const officers = new OfficerLog();
    const dossiers = new InMemoryDossiers();
    await takePushInto(dossiers)([hoSo({ MaHoSo: id(1), DonViXuLy: 'H44.2' })]);
    await takePushInto(dossiers, officers, (unit) => unit === 'H44.114')([tienTrinh({ MaHoSo: id(1) })]);
    expect(officers.seen).toEqual([]);
    await takePushInto(dossiers, officers, (unit) => unit === 'H44.2')([tienTrinh({ MaHoSo: id(1) })]);
    expect(officers.seen).toHaveLength(1);
  });

  it('takes down each element when it says that it was recorded', async () => {
    const dossiers = new InMemoryDossiers();
    await takePushInto(dossiers)([
      { ...hoSo({ MaHoSo: id(1) }), recordedAt: '2026-10-06T00:00:00.000Z' },
      { ...hoSo({ MaHoSo: id(1), TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }), recordedAt: '2026-10-10T00:00:00.000Z' },
    ]);
    expect((await factsOf(dossiers, id(1))).map(({ recordedAt }) => new Date(recordedAt).toISOString().slice(0, 10))).toEqual(['2026-10-06', '2026-10-06', '2026-10-06', '2026-10-10']);
  });

  it('comes to the same facts however the elements are split over pushes', async () => {
    const elements = [
      hoSo({ MaHoSo: id(1) }), hoSo({ MaHoSo: id(1), TrangThaiHoSo: 9, NgayKetThucXuLy: '09/10/2026 10:00:00' }), hoSo({ MaHoSo: id(1), TrangThaiHoSo: 1, NgayTiepNhan: '', NgayHenTra: '' }),
    ];
    const [together, apart] = [new InMemoryDossiers(), new InMemoryDossiers()];
    await takePushInto(together)(elements);
    for (const element of [...elements].reverse()) await takePushInto(apart)([element]);
    expect(contentsOf(await factsOf(apart, id(1)))).toEqual(contentsOf(await factsOf(together, id(1))));
  });
});
