import type { Push } from '@index766/sample';

/**
 * Fields of the national format that are about a person or free text, and are read by nobody. Not among them: the name
 * of an officer, which has a topic of its own.
 */
const PERSONAL_FIELDS = [
  'ChuHoSo', 'MaDoiTuong', 'SoGiayToChuHoSo', 'Email', 'SoDienThoai', 'TrichYeuHoSo', 'GhiChu', 'SoDinhDanh', 'TenTepDinhKem',
  'DuongDanTaiTepTin', 'DuongDanTepTinKetQua', 'NguoiYeuCauBoSung', 'NoiDungBoSung', 'NguoiTiepNhanBoSung', 'NoiDungXuLy',
];

/** What the sample writes into such fields: each value has one of these in it. */
export const PERSONAL_MARKS = [
  'NGƯỜI NỘP MẪU', 'MAU-DT-', 'MAU-GT-', '@example.invalid', 'Trích yếu mẫu', 'Ghi chú mẫu', 'MAU-DD-', 'tep-mau-', 'mau/', 'Cán bộ Mẫu',
  'Nội dung bổ sung mẫu', '(mẫu)',
];

/** Values of personal fields in these pushes that no mark would find, and marks that are in none of them. */
export function unmarked(pushes: readonly Push[]): { readonly values: readonly string[]; readonly marks: readonly string[] } {
  const values = [...new Set(pushes.flatMap(({ data }) => data.flatMap(personalValues)))];
  return {
    values: values.filter((value) => marksIn(value).length === 0),
    marks: PERSONAL_MARKS.filter((mark) => !values.some((value) => value.includes(mark))),
  };
}

export function marksIn(text: string): readonly string[] {
  return PERSONAL_MARKS.filter((mark) => text.includes(mark));
}

function personalValues(element: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(element).flatMap(([field, value]) => {
    if (Array.isArray(value)) return value.flatMap((part) => personalValues(part as Readonly<Record<string, unknown>>));
    return PERSONAL_FIELDS.includes(field) && typeof value === 'string' && value !== '' ? [value] : [];
  });
}
