import { ok, type Result } from '@index766/kernel';
import type { ComponentPart, FeePart, IntakeParts, ResultPart } from '../domain/intake-parts';
import { canonicalText, type Coded } from './coded-record';
import { contentHash } from '../content-hash';
import { fieldMissing } from './push-refusals';
import { HOSO_FIELDS, type SourceField } from './source-fields';
import { stated } from '../domain/stated';

type CodedHoSo = Coded<typeof HOSO_FIELDS>;

const PART_FIELDS: readonly SourceField[] = HOSO_FIELDS.filter(({ owner }) => owner !== 'dossiers');

/** The parts of a HoSo that payments and digitization own; undefined where it says nothing about them. */
export function partsOf(coded: CodedHoSo): Result<IntakeParts | undefined> {
  const text = canonicalText(coded, PART_FIELDS);
  if (text === canonicalText({}, PART_FIELDS)) return ok(undefined);
  const fees = feesOf(coded.DanhSachLePhi ?? []);
  if (!fees.ok) return fees;
  return ok({
    hash: contentHash(text),
    ...paymentsOf(coded, fees.value),
    ...documentsOf(coded),
    ...(coded.DanhSachGiayToKetQua === undefined ? {} : { results: { documents: coded.DanhSachGiayToKetQua.map(resultOf) } }),
  });
}

function paymentsOf(coded: CodedHoSo, fees: readonly FeePart[]): Pick<IntakeParts, 'payments'> {
  const paidOnline = coded.DuocThanhToanTrucTuyen;
  if (fees.length === 0 && paidOnline === undefined) return {};
  return { payments: { fees, ...stated('paidOnline', paidOnline) } };
}

function documentsOf(coded: CodedHoSo): Pick<IntakeParts, 'documents'> {
  const components = (coded.TaiLieuNop ?? []).map(componentOf);
  const databases = (coded.DSKetNoiCSDL ?? []).flatMap(({ MaCSDL }) => (MaCSDL === undefined ? [] : [MaCSDL]));
  const flags = {
    ...stated('hasDigitisedComponents', coded.HoSoCoThanhPhanSoHoa),
    ...stated('accountVerified', coded.TaiKhoanDuocXacThucVoiVNeID),
  };
  if (components.length === 0 && databases.length === 0 && Object.keys(flags).length === 0) return {};
  return { documents: { components, ...flags, databases } };
}

/** A fee without an amount says nothing yet; an amount without the fee's code cannot be told from another one. */
function feesOf(entries: NonNullable<CodedHoSo['DanhSachLePhi']>): Result<readonly FeePart[]> {
  const fees: FeePart[] = [];
  for (const [index, { MaPhiLePhi: code, Gia: amount, LoaiPhiLePhi, HinhThucThu }] of entries.entries()) {
    if (amount === undefined) continue;
    if (code === undefined) return fieldMissing(`DanhSachLePhi[${index}].MaPhiLePhi`);
    fees.push({ code, amount, ...stated('kind', LoaiPhiLePhi), ...stated('collection', HinhThucThu) });
  }
  return ok(fees);
}

function componentOf(entry: NonNullable<CodedHoSo['TaiLieuNop']>[number]): ComponentPart {
  return {
    ...stated('code', entry.MaThanhPhanHoSo),
    ...stated('attachment', entry.TepDinhKemId),
    ...stated('digitised', entry.DuocSoHoa),
    ...stated('reused', entry.DuocTaiSuDung),
    ...stated('fromPersonalStore', entry.DuocLayTuKhoDMQG),
    ...stated('replacedResult', entry.MaKetQuaThayThe),
    ...stated('deleted', entry.IsDeleted),
  };
}

function resultOf(entry: NonNullable<CodedHoSo['DanhSachGiayToKetQua']>[number]): ResultPart {
  return {
    ...stated('code', entry.MaGiayToKetQua),
    ...stated('component', entry.MaThanhPhanHoSo),
    ...stated('document', entry.GiayToId),
    hasFile: entry.DuongDanTepTinKetQua ?? false,
  };
}
