import type { Push } from '@index766/sample';
import { isOrderKept } from './order-matters';
import { rearranged } from './rearranged-pushes';
import { samplePushes } from './small-sample';

const pushes = samplePushes();
const other = rearranged(pushes, 766);

/** Elements of each dossier as they come, written out. */
function byDossier(sent: readonly Push[]): ReadonlyMap<string, readonly string[]> {
  const dossiers = new Map<string, string[]>();
  for (const { service, data } of sent) {
    for (const element of data) dossiers.set(element.MaHoSo, [...(dossiers.get(element.MaHoSo) ?? []), `${service} ${JSON.stringify(element)}`]);
  }
  return dossiers;
}

const [before, after] = [byDossier(pushes), byDossier(other)];
const snapshots = pushes.filter(({ service }) => service === 'DongBoHoSoMC').flatMap(({ data }) => data);
const isKept = (dossier: string) => isOrderKept(snapshots.filter(({ MaHoSo }) => MaHoSo === dossier));
const kept = [...before.keys()].filter(isKept);

describe('rearranged pushes', () => {
  it('have the same elements, each once', () => {
    const sorted = (sent: readonly Push[]) => [...byDossier(sent).values()].flat().sort();
    expect(sorted(other)).toEqual(sorted(pushes));
  });

  it('keep the order of dossiers whose order says something', () => {
    expect(kept.length).toBeGreaterThan(0);
    for (const dossier of kept) expect(after.get(dossier)).toEqual(before.get(dossier));
  });

  it('turn most of the others round', () => {
    const movable = [...before].filter(([dossier, elements]) => !kept.includes(dossier) && new Set(elements).size > 2);
    const turned = movable.filter(([dossier, elements]) => after.get(dossier)?.join('\n') !== elements.join('\n'));
    expect(turned.length).toBeGreaterThan(movable.length / 2);
  });

  it('are cut elsewhere', () => {
    const first = (sent: readonly Push[]) => sent.map(({ data }) => JSON.stringify(data[0]));
    const same = first(other).filter((element) => first(pushes).includes(element));
    expect(other.length).toBeGreaterThan(pushes.length);
    expect(same.length).toBeLessThan(pushes.length / 2);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(rearranged(pushes, 766)).toEqual(other);
    expect(rearranged(pushes, 767)).not.toEqual(other);
  });
});

describe('the order of a dossier', () => {
  const snapshot = { MaHoSo: 'H44.1', recordedAt: '', TrangThaiHoSo: '4', KenhThucHien: '1', NgayTra: '' };

  it.each([
    ['a value is contradicted', { KenhThucHien: '2' }],
    ['a fee is asked for, at no stated instant', { TrangThaiHoSo: 6 }],
  ])('matters where %s', (_, next) => {
    expect(isOrderKept([snapshot, { ...snapshot, ...next }])).toBe(true);
  });

  it('matters where a payment is stated before the receipt is', () => {
    const paid = { ...snapshot, DuocThanhToanTrucTuyen: '1' };
    const received = { ...snapshot, NgayTiepNhan: '20261005083000' };
    expect(isOrderKept([paid, received])).toBe(true);
    expect(isOrderKept([{ ...received, DuocThanhToanTrucTuyen: '1' }, received])).toBe(false);
    expect(isOrderKept([paid, paid])).toBe(false);
  });

  it.each([
    ['the next snapshot says more', { TrangThaiHoSo: '9', NgayTra: '20261005080000' }],
    ['a code is a number once', { KenhThucHien: 1 }],
  ])('does not matter where %s', (_, next) => {
    expect(isOrderKept([snapshot, { ...snapshot, ...next }])).toBe(false);
  });

  it('matters where a supplement is told in two ways', () => {
    const asked = (NgayBoSung: string) => ({ ...snapshot, DanhSachHoSoBoSung: [{ HoSoBoSungId: 'BS-1', NgayBoSung, NgayTiepNhanBoSung: '' }] });
    expect(isOrderKept([asked('20261005080000'), asked('20261005080000')])).toBe(false);
    expect(isOrderKept([asked('20261005080000'), asked('20261006080000')])).toBe(true);
  });
});
