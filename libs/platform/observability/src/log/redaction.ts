/** What a value is replaced by. */
export const REDACTED = '[redacted]';

/** Fields that never show in a log, wherever code logs an object by mistake: credentials and personal data. */
const SECRET_FIELDS = [
  'authorization', 'cookie', 'password', 'secret', 'token', 'privateKey', 'uri', 'body',
  // Personal fields and free text of the national push (national-sync.md).
  'ChuHoSo', 'SoGiayToChuHoSo', 'MaDoiTuong', 'Email', 'Fax', 'SoDienThoai', 'TrichYeuHoSo', 'GhiChu', 'ThongTinTra',
  'DinhDanhCHS', 'SoDinhDanh', 'TenTepDinhKem', 'DuongDanTaiTepTin', 'NguoiXuLy', 'NoiDungXuLy', 'NoiDungBoSung',
  'NguoiYeuCauBoSung', 'NguoiTiepNhanBoSung', 'ThongTinTiepNhan',
];

const DEPTHS = ['', '*.', '*.*.'];

/** Paths in pino's form: each field at the top of a line and up to two levels below it. */
export const REDACTED_PATHS: readonly string[] = SECRET_FIELDS.flatMap((field) =>
  DEPTHS.map((depth) => `${depth}${field}`),
);
