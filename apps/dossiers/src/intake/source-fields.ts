import type { Form } from './source-values';

/** The service that owns what a field says. */
export type FieldOwner = 'dossiers' | 'payments' | 'digitization';

/**
 * What a value does when another one is known already (architecture.md §3). In every case the same value again does
 * nothing, a missing one is added whatever the rank, and another source's differing value is kept as a conflict.
 */
export const MERGE_RULES = {
  identity: 'names the thing that the element is about',
  correct: 'at equal or higher rank a differing value is a correction',
  keep: 'the first value stays; a differing one is kept as a conflict',
  'set-due': 'at equal or higher rank a differing value moves the due date',
  'by-id': 'entries are matched by their id, and each field of an entry follows its own rule',
  read: 'says what other fields of the same element mean',
  'pass-on': 'goes on the internal intake topic as it is; its owner merges it',
  restricted: 'leaves only on the restricted topic of officers; the dossier keeps a pseudonym',
} as const;

export type MergeRule = keyof typeof MERGE_RULES;

/** One field that is read. What is not in these tables is dropped at the edge: never stored, logged or published. */
export interface SourceField {
  /** The source's name of it. */
  readonly field: string;
  readonly form: Form | 'list';
  readonly of?: readonly SourceField[];
  readonly owner: FieldOwner;
  /** The facts that it feeds; empty for what only decides how others are read. */
  readonly facts: readonly string[];
  readonly merge: MergeRule;
}

/** Most entries that one list of an element may have. */
export const MAX_LIST_ENTRIES = 200;

const SUPPLEMENT_FIELDS = [
  { field: 'HoSoBoSungId', form: 'part', owner: 'dossiers', facts: ['supplement-requested', 'supplement-completed'], merge: 'identity' },
  { field: 'NgayBoSung', form: 'instant', owner: 'dossiers', facts: ['supplement-requested'], merge: 'correct' },
  { field: 'NgayTiepNhanBoSung', form: 'instant', owner: 'dossiers', facts: ['supplement-completed'], merge: 'correct' },
  { field: 'NgayHenTraTruoc', form: 'due', owner: 'dossiers', facts: ['dossier-received', 'due-date-set'], merge: 'read' },
  { field: 'NgayHenTraMoi', form: 'due', owner: 'dossiers', facts: ['supplement-completed', 'due-date-set'], merge: 'set-due' },
] as const satisfies readonly SourceField[];

const FEE_FIELDS = [
  { field: 'MaPhiLePhi', form: 'code', owner: 'payments', facts: ['fee-assessed', 'fee-waived'], merge: 'identity' },
  { field: 'LoaiPhiLePhi', form: 'code', owner: 'payments', facts: ['fee-assessed'], merge: 'pass-on' },
  { field: 'HinhThucThu', form: 'code', owner: 'payments', facts: ['fee-assessed'], merge: 'pass-on' },
  { field: 'Gia', form: 'amount', owner: 'payments', facts: ['fee-assessed'], merge: 'pass-on' },
] as const satisfies readonly SourceField[];

const COMPONENT_FIELDS = [
  { field: 'MaThanhPhanHoSo', form: 'code', owner: 'digitization', facts: ['component-digitised', 'component-reused'], merge: 'identity' },
  { field: 'TepDinhKemId', form: 'code', owner: 'digitization', facts: ['component-digitised', 'component-reused'], merge: 'identity' },
  { field: 'DuocSoHoa', form: 'flag', owner: 'digitization', facts: ['component-digitised'], merge: 'pass-on' },
  { field: 'DuocTaiSuDung', form: 'grade', owner: 'digitization', facts: ['component-reused'], merge: 'pass-on' },
  { field: 'DuocLayTuKhoDMQG', form: 'flag', owner: 'digitization', facts: ['component-taken-from-personal-store'], merge: 'pass-on' },
  { field: 'MaKetQuaThayThe', form: 'code', owner: 'digitization', facts: ['component-reused'], merge: 'pass-on' },
  { field: 'IsDeleted', form: 'flag', owner: 'digitization', facts: [], merge: 'pass-on' },
] as const satisfies readonly SourceField[];

const RESULT_FIELDS = [
  { field: 'MaGiayToKetQua', form: 'code', owner: 'digitization', facts: ['electronic-result-issued'], merge: 'identity' },
  { field: 'MaThanhPhanHoSo', form: 'code', owner: 'digitization', facts: ['electronic-result-issued'], merge: 'pass-on' },
  { field: 'GiayToId', form: 'code', owner: 'digitization', facts: ['electronic-result-issued'], merge: 'identity' },
  { field: 'DuongDanTepTinKetQua', form: 'presence', owner: 'digitization', facts: ['electronic-result-issued'], merge: 'pass-on' },
] as const satisfies readonly SourceField[];

const DATABASE_FIELDS = [
  { field: 'MaCSDL', form: 'code', owner: 'digitization', facts: ['population-data-used'], merge: 'identity' },
] as const satisfies readonly SourceField[];

/** The coded fields of a HoSo (service DongBoHoSoMC). */
export const HOSO_FIELDS = [
  { field: 'MaHoSo', form: 'dossier-id', owner: 'dossiers', facts: [], merge: 'identity' },
  { field: 'TrangThaiHoSo', form: 'status', owner: 'dossiers', facts: ['dossier-refused', 'dossier-withdrawn', 'dossier-stopped', 'dossier-finished', 'result-returned', 'financial-obligation-requested', 'financial-obligation-fulfilled'], merge: 'read' },
  { field: 'DonViXuLy', form: 'unit', owner: 'dossiers', facts: ['dossier-registered', 'dossier-received'], merge: 'correct' },
  { field: 'MaTTHC', form: 'procedure', owner: 'dossiers', facts: ['dossier-registered', 'dossier-received'], merge: 'correct' },
  { field: 'KenhThucHien', form: 'channel', owner: 'dossiers', facts: ['dossier-registered', 'dossier-received'], merge: 'correct' },
  { field: 'NgayNopHoSo', form: 'instant', owner: 'dossiers', facts: ['dossier-registered'], merge: 'keep' },
  { field: 'NgayTiepNhan', form: 'instant', owner: 'dossiers', facts: ['dossier-received'], merge: 'correct' },
  { field: 'NgayTuChoi', form: 'instant', owner: 'dossiers', facts: ['dossier-refused'], merge: 'correct' },
  { field: 'NgayHenTra', form: 'due', owner: 'dossiers', facts: ['dossier-received', 'due-date-set'], merge: 'set-due' },
  { field: 'NgayKetThucXuLy', form: 'instant', owner: 'dossiers', facts: ['dossier-finished', 'dossier-withdrawn', 'dossier-stopped'], merge: 'correct' },
  { field: 'NgayTra', form: 'instant', owner: 'dossiers', facts: ['result-returned'], merge: 'correct' },
  { field: 'HinhThuc', form: 'return-channel', owner: 'dossiers', facts: ['result-returned'], merge: 'keep' },
  { field: 'DanhSachHoSoBoSung', form: 'list', of: SUPPLEMENT_FIELDS, owner: 'dossiers', facts: ['supplement-requested', 'supplement-completed'], merge: 'by-id' },
  { field: 'DuocThanhToanTrucTuyen', form: 'grade', owner: 'payments', facts: ['payment-succeeded'], merge: 'pass-on' },
  { field: 'DanhSachLePhi', form: 'list', of: FEE_FIELDS, owner: 'payments', facts: ['fee-assessed', 'fee-waived'], merge: 'pass-on' },
  { field: 'HoSoCoThanhPhanSoHoa', form: 'flag', owner: 'digitization', facts: ['component-digitised'], merge: 'pass-on' },
  { field: 'TaiKhoanDuocXacThucVoiVNeID', form: 'flag', owner: 'digitization', facts: ['population-data-used'], merge: 'pass-on' },
  { field: 'DSKetNoiCSDL', form: 'list', of: DATABASE_FIELDS, owner: 'digitization', facts: ['population-data-used'], merge: 'pass-on' },
  { field: 'TaiLieuNop', form: 'list', of: COMPONENT_FIELDS, owner: 'digitization', facts: ['component-digitised', 'component-reused', 'component-taken-from-personal-store'], merge: 'pass-on' },
  { field: 'DanhSachGiayToKetQua', form: 'list', of: RESULT_FIELDS, owner: 'digitization', facts: ['electronic-result-issued'], merge: 'pass-on' },
] as const satisfies readonly SourceField[];

/** The coded fields of a TienTrinh (service CapNhatTienDoHoSoMC). The step's own status says nothing that its instants do not. */
export const TIEN_TRINH_FIELDS = [
  { field: 'MaHoSo', form: 'dossier-id', owner: 'dossiers', facts: [], merge: 'identity' },
  { field: 'NguoiXuLy', form: 'label', owner: 'dossiers', facts: ['step-assigned', 'officer-seen'], merge: 'restricted' },
  { field: 'ChucDanh', form: 'label', owner: 'dossiers', facts: ['officer-seen'], merge: 'restricted' },
  { field: 'PhongBanXuLy', form: 'label', owner: 'dossiers', facts: ['step-assigned', 'officer-seen'], merge: 'keep' },
  { field: 'NgayBatDau', form: 'instant', owner: 'dossiers', facts: ['step-assigned'], merge: 'identity' },
  { field: 'ThoiDiemXuLy', form: 'instant', owner: 'dossiers', facts: ['step-completed'], merge: 'correct' },
  { field: 'NgayKetThucTheoQuyDinh', form: 'due', owner: 'dossiers', facts: ['step-assigned'], merge: 'correct' },
] as const satisfies readonly SourceField[];
