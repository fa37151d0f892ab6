import type { Instant } from '@index766/kernel';
import type { SampleProcedure } from '../dossier/procedures';
import type { CodedParts } from './coded-parts';
import type { PushElement } from './push';
import { writeDue, writeInstant, writeRecordedAt, type InstantForm } from './source-format';

/** What a source knows of a supplement when it pushes. */
export interface StatedSupplement {
  readonly id: string;
  readonly requestedAt: Instant;
  readonly completedAt: Instant | null;
  readonly dueBefore: Instant | null;
  readonly newDueAt: Instant | null;
}

/** What a source says of a dossier at one moment: null is "not said". */
export interface Snapshot {
  readonly recordedAt: Instant;
  readonly status: number;
  readonly unit: string;
  readonly channel: 1 | 2 | 3;
  readonly submittedAt: Instant;
  readonly receivedAt: Instant | null;
  readonly refusedAt: Instant | null;
  readonly dueAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly returnedAt: Instant | null;
  readonly returnChannel: 0 | 1 | 2 | null;
  readonly supplements: readonly StatedSupplement[];
}

export interface Rendering {
  readonly id: string;
  readonly procedure: SampleProcedure;
  readonly parts: CodedParts;
  readonly form: InstantForm;
  /** Systems differ: some write codes as numbers, some as strings. */
  readonly codesAsNumbers: boolean;
  /** Distinguishes the made-up applicants. */
  readonly applicant: number;
}

/** One HoSo in the national format. Personal-data fields are filled with marks that no reader may let through. */
export function renderHoSo(snapshot: Snapshot, rendering: Rendering): PushElement {
  const { form, procedure } = rendering;
  const code = (value: number): string | number => (rendering.codesAsNumbers ? value : String(value));
  const at = (instant: Instant | null): string => (instant === null ? '' : writeInstant(instant, form));
  return {
    MaHoSo: rendering.id,
    MaTTHC: procedure.code,
    TenTTHC: procedure.name,
    MaLinhVuc: procedure.field.code,
    TenLinhVuc: procedure.field.name,
    KenhThucHien: code(snapshot.channel),
    ...applicantFields(rendering.applicant),
    NgayNopHoSo: at(snapshot.submittedAt),
    NgayTiepNhan: at(snapshot.receivedAt),
    NgayHenTra: snapshot.dueAt === null ? '' : writeDue(snapshot.dueAt, form),
    NgayKetThucXuLy: at(snapshot.endedAt),
    NgayTra: at(snapshot.returnedAt),
    NgayTuChoi: at(snapshot.refusedAt),
    TrangThaiHoSo: code(snapshot.status),
    HinhThuc: snapshot.returnChannel === null ? '' : code(snapshot.returnChannel),
    DonViXuLy: snapshot.unit,
    NoiNopHoSo: code(snapshot.channel === 2 ? 1 : 2),
    ...partFields(snapshot, rendering, code),
    DanhSachHoSoBoSung: snapshot.supplements.map((supplement) => supplementFields(supplement, rendering, at)),
    recordedAt: writeRecordedAt(snapshot.recordedAt),
  };
}

/** Every procedure of the sample has one fee. */
export function feeCode({ code }: SampleProcedure): string {
  return `${code}-LP1`;
}

function applicantFields(applicant: number): Readonly<Record<string, string>> {
  const mark = String(applicant).padStart(7, '0');
  return {
    ChuHoSo: `NGƯỜI NỘP MẪU ${mark}`,
    LoaiDoiTuong: '1',
    MaDoiTuong: `MAU-DT-${mark}`,
    SoGiayToChuHoSo: `MAU-GT-${mark}`,
    Email: `nguoi-nop-${mark}@example.invalid`,
    Fax: '',
    SoDienThoai: `MAU-DT-${mark}-000`,
    TrichYeuHoSo: `Trích yếu mẫu ${mark}`,
    GhiChu: `Ghi chú mẫu ${mark}`,
  };
}

function partFields(
  snapshot: Snapshot, { id, procedure, parts, applicant }: Rendering, code: (value: number) => string | number,
): Readonly<Record<string, string | number | readonly Readonly<Record<string, string | number>>[]>> {
  const flag = (value: boolean) => code(value ? 1 : 0);
  const hasResult = parts.electronicResult && (snapshot.endedAt ?? snapshot.returnedAt) !== null && snapshot.status >= 9;
  // Payments have no instant of their own, and a source's first word of one dates it.
  const isPaid = parts.paysAtSubmission || snapshot.receivedAt !== null;
  return {
    HoSoCoThanhPhanSoHoa: flag(parts.hasDigitised),
    TaiKhoanDuocXacThucVoiVNeID: flag(parts.identityVerified),
    DuocThanhToanTrucTuyen: code(isPaid ? parts.paidOnline : 0),
    DinhDanhCHS: [{ LoaiDinhDanh: '1', SoDinhDanh: `MAU-DD-${applicant}` }],
    DSKetNoiCSDL: parts.populationDatabase ? [{ MaCSDL: 'CSDLQGDC' }] : [],
    TaiLieuNop: [{
      TepDinhKemId: `TEP-${applicant}-1`, TenTepDinhKem: `tep-mau-${applicant}.pdf`, IsDeleted: 'false', MaThanhPhanHoSo: `${procedure.code}-TP1`,
      DuongDanTaiTepTin: `mau/${applicant}/1`, DuocSoHoa: flag(parts.hasDigitised), DuocTaiSuDung: code(parts.reused ? 1 : 0),
      DuocLayTuKhoDMQG: flag(parts.fromPersonalStore), MaKetQuaThayThe: '',
    }],
    DanhSachLePhi: parts.fee === 0 ? [] : [{
      TenPhiLePhi: 'Lệ phí mẫu', MaPhiLePhi: feeCode(procedure), HinhThucThu: '1', Gia: String(parts.fee), LoaiPhiLePhi: '1',
    }],
    DanhSachGiayToKetQua: hasResult ? [{
      TenGiayTo: 'Kết quả mẫu', MaThanhPhanHoSo: '', GiayToId: `KQ-${id}`, DuongDanTepTinKetQua: `mau/${applicant}/kq`,
      MaGiayToKetQua: `${procedure.code}-KQ1`,
    }] : [],
  };
}

function supplementFields(
  { id, requestedAt, completedAt, dueBefore, newDueAt }: StatedSupplement, { form }: Rendering, at: (instant: Instant | null) => string,
): Readonly<Record<string, string>> {
  const due = (instant: Instant | null): string => (instant === null ? '' : writeDue(instant, form));
  return {
    HoSoBoSungId: id,
    NguoiYeuCauBoSung: 'Cán bộ Mẫu',
    NoiDungBoSung: 'Nội dung bổ sung mẫu',
    NgayBoSung: at(requestedAt),
    NguoiTiepNhanBoSung: completedAt === null ? '' : 'Cán bộ Mẫu',
    ThongTinTiepNhan: '',
    NgayTiepNhanBoSung: at(completedAt),
    TrangThaiBoSung: completedAt === null ? '0' : '1',
    NgayHenTraTruoc: newDueAt === null ? '' : due(dueBefore),
    NgayHenTraMoi: due(newDueAt),
  };
}
