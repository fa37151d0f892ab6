import { instantOf, parseInstant } from '@index766/kernel';
import fc from 'fast-check';
import { hoSo, unlistedHoSoFields } from '../test/push-elements';
import { readSnapshot } from './read-snapshot';
import { HOSO_FIELDS } from './source-fields';

const at = (text: string) => parseInstant(text) ?? instantOf(0);
const read = (fields: Record<string, unknown> = {}) => {
  const result = readSnapshot(hoSo(fields));
  if (!result.ok) throw new Error(`refused: ${result.error.code} ${result.error.path ?? ''}`);
  return result.value;
};

describe('reading a HoSo', () => {
  it('takes over the coded fields', () => {
    const { snapshot, parts } = read({
      MaHoSo: ' h44.114-2026 1005-0001 ', HinhThuc: '1', NgayKetThucXuLy: '20261009100000', NgayTra: '2026-10-10T08:00:00',
      TrangThaiHoSo: 10,
      DanhSachHoSoBoSung: [{
        HoSoBoSungId: 'BS-1', NgayBoSung: '2026-10-06 09:00:00', NgayTiepNhanBoSung: '2026-10-07 09:00:00',
        NgayHenTraTruoc: '2026-10-12', NgayHenTraMoi: '2026-10-13',
      }],
    });

    expect(snapshot).toEqual({
      dossier: 'H44.114-20261005-0001',
      hash: expect.stringMatching(/^[\w-]{16}$/),
      rank: { latestAt: at('2026-10-10T01:00:00Z'), status: 10 },
      status: 10, unit: 'H44.114', procedure: '2.000815', channel: 'in-person',
      submittedAt: at('2026-10-05T01:20:00Z'), receivedAt: at('2026-10-05T01:30:00Z'), dueAt: at('2026-10-12T17:00:00Z'),
      closedAt: at('2026-10-09T03:00:00Z'), returnedAt: at('2026-10-10T01:00:00Z'), returnChannel: 'postal',
      supplements: [{
        supplement: 'BS-1', requestedAt: at('2026-10-06T02:00:00Z'), completedAt: at('2026-10-07T02:00:00Z'),
        dueBefore: at('2026-10-12T17:00:00Z'), newDueAt: at('2026-10-13T17:00:00Z'),
      }],
    });
    expect(parts).toBeUndefined();
  });

  it('hands on the parts of payments and digitization', () => {
    const { parts } = read({
      DuocThanhToanTrucTuyen: 2, HoSoCoThanhPhanSoHoa: true, TaiKhoanDuocXacThucVoiVNeID: '0', DSKetNoiCSDL: [{ MaCSDL: 'CSDLQGDC' }],
      DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: '8000', LoaiPhiLePhi: '1', HinhThucThu: 1 }],
      TaiLieuNop: [{ TepDinhKemId: 4711, MaThanhPhanHoSo: 'TP-01', DuocSoHoa: '1', DuocTaiSuDung: '2', IsDeleted: 'false' }],
      DanhSachGiayToKetQua: [{ MaGiayToKetQua: 'KQ-01', DuongDanTepTinKetQua: 'ket qua cua ong A.pdf' }],
    });

    expect(parts).toEqual({
      hash: expect.any(String),
      payments: { fees: [{ code: 'LP-01', amount: 8000, kind: '1', collection: '1' }], paidOnline: 2 },
      documents: {
        components: [{ code: 'TP-01', attachment: '4711', digitised: true, reused: 2, deleted: false }],
        hasDigitisedComponents: true, accountVerified: false, databases: ['CSDLQGDC'],
      },
      results: { documents: [{ code: 'KQ-01', hasFile: true }] },
    });
  });

  it('takes empty texts, null and empty lists for "not said"', () => {
    const { snapshot, parts } = read({ NgayHenTra: '', NgayTra: null, HinhThuc: '  ', DanhSachHoSoBoSung: [], TaiLieuNop: '', DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: '' }] });

    expect(snapshot).not.toHaveProperty('dueAt');
    expect(snapshot).not.toHaveProperty('returnedAt');
    expect(snapshot).not.toHaveProperty('returnChannel');
    expect(snapshot.supplements).toEqual([]);
    expect(parts).toMatchObject({ hash: expect.any(String) });
    expect(parts).not.toHaveProperty('payments');
  });

  it('ranks by the latest event, not by the due date', () => {
    expect(read({ NgayHenTra: '2027-01-01' }).snapshot.rank).toEqual({ latestAt: at('2026-10-05T01:30:00Z'), status: 4 });
  });

  it('gives equal contents one hash, however they are written', () => {
    const plain = read({ DanhSachLePhi: [{ MaPhiLePhi: 'A', Gia: 1 }, { MaPhiLePhi: 'B', Gia: 2 }] });
    const other = readSnapshot(Object.fromEntries(Object.entries(hoSo({
      MaHoSo: 'h44.114-20261005-0001 ', NgayTiepNhan: '2026-10-05T01:30:00Z', KenhThucHien: 1, GhiChu: 'khác',
      DanhSachLePhi: [{ Gia: '2', MaPhiLePhi: 'B' }, { Gia: '1', MaPhiLePhi: 'A', TenPhiLePhi: 'khác' }],
    })).reverse()));

    expect(other).toMatchObject({ ok: true, value: { snapshot: { hash: plain.snapshot.hash }, parts: { hash: plain.parts?.hash } } });
    expect(read({ NgayHenTra: '2026-10-13' }).snapshot.hash).not.toBe(plain.snapshot.hash);
  });

  it.each([
    ['no code of the dossier', { MaHoSo: '' }, 'PUSH.FIELD_MISSING', 'MaHoSo'],
    ['a code with forbidden characters', { MaHoSo: 'H44<script>' }, 'PUSH.FIELD_INVALID', 'MaHoSo'],
    ['a day that does not exist', { NgayTiepNhan: '31/02/2026 08:00:00' }, 'PUSH.FIELD_INVALID', 'NgayTiepNhan'],
    ['an unknown status', { TrangThaiHoSo: '11' }, 'PUSH.FIELD_INVALID', 'TrangThaiHoSo'],
    ['a status that is no number', { TrangThaiHoSo: 'xong' }, 'PUSH.FIELD_INVALID', 'TrangThaiHoSo'],
    ['a fractional number for a code', { MaTTHC: 2.000815 }, 'PUSH.FIELD_INVALID', 'MaTTHC'],
    ['an object where a text is meant', { DonViXuLy: { Ma: 'H44' } }, 'PUSH.FIELD_INVALID', 'DonViXuLy'],
    ['a text where a list is meant', { TaiLieuNop: 'x' }, 'PUSH.FIELD_INVALID', 'TaiLieuNop'],
    ['a bad entry of a list', { TaiLieuNop: [{}, { DuocTaiSuDung: '3' }] }, 'PUSH.FIELD_INVALID', 'TaiLieuNop[1].DuocTaiSuDung'],
    ['an entry that is no object', { DanhSachLePhi: ['x'] }, 'PUSH.ELEMENT_INVALID', 'DanhSachLePhi[0].'],
    ['a supplement without its id', { DanhSachHoSoBoSung: [{ NgayBoSung: '2026-10-06 09:00:00' }] }, 'PUSH.FIELD_MISSING', 'DanhSachHoSoBoSung[0].HoSoBoSungId'],
    ['an amount without its fee', { DanhSachLePhi: [{ Gia: 1 }] }, 'PUSH.FIELD_MISSING', 'DanhSachLePhi[0].MaPhiLePhi'],
    ['an endless list', { TaiLieuNop: Array.from({ length: 201 }, () => ({})) }, 'PUSH.TOO_MANY_ENTRIES', 'TaiLieuNop'],
  ])('refuses %s', (_case, fields, code, path) => {
    expect(readSnapshot(hoSo(fields))).toMatchObject({ ok: false, error: { code, path } });
  });

  it('never repeats a value in a refusal', () => {
    const marker = 'NGUYEN VAN A 079';
    for (const { field } of HOSO_FIELDS) {
      const result = readSnapshot(hoSo({ [field]: { [marker]: marker } }));
      expect(JSON.stringify(result)).not.toContain(marker);
    }
  });

  it('keeps nothing of the fields that are not in the table', () => {
    const marker = 'DAU-VET-766';
    expect(JSON.stringify(read(unlistedHoSoFields(marker)))).not.toContain(marker);
  });

  it('answers any JSON with a snapshot or a refusal', () => {
    const field = fc.constantFrom(...HOSO_FIELDS.map((each) => each.field));
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue({ maxDepth: 3 })), fc.jsonValue(), (fields, whole) => {
        for (const raw of [hoSo(fields), whole]) {
          const result = readSnapshot(raw);
          expect(result.ok || /^PUSH\.[A-Z_]+$/.test(result.error.code)).toBe(true);
        }
      }),
      { seed: 766, numRuns: 400 },
    );
  });
});
