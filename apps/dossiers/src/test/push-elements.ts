/** A HoSo with every field that the national format has, filled as a source fills it. */
export function hoSo(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    MaHoSo: 'H44.114-20261005-0001',
    MaTTHC: '2.000815',
    KenhThucHien: '1',
    NgayNopHoSo: '05/10/2026 08:20:00',
    NgayTiepNhan: '05/10/2026 08:30:00',
    NgayHenTra: '12/10/2026',
    TrangThaiHoSo: '4',
    DonViXuLy: 'H44.114',
    ...fields,
  };
}

/** A HoSo in which every field of the table is said, lists with an entry each. */
export function fullHoSo(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return hoSo({
    ...unlistedHoSoFields('x'),
    NgayKetThucXuLy: '2026-10-09 10:00:00', NgayTra: '20261009110000', NgayTuChoi: '', HinhThuc: '1', TrangThaiHoSo: '10',
    DuocThanhToanTrucTuyen: 1, HoSoCoThanhPhanSoHoa: true, TaiKhoanDuocXacThucVoiVNeID: '1', DSKetNoiCSDL: [{ MaCSDL: 'CSDLQGDC' }],
    ...fields,
  });
}

export function tienTrinh(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    MaHoSo: 'H44.114-20261005-0001',
    NguoiXuLy: 'Trần Thị Ví Dụ',
    ChucDanh: 'Công chức Tư pháp - Hộ tịch',
    PhongBanXuLy: 'Phòng Văn hóa - Xã hội',
    TrangThai: '4',
    NgayBatDau: '2026-10-05 09:00:00',
    NgayKetThucTheoQuyDinh: '2026-10-08 17:00:00',
    ...fields,
  };
}

/** Each field of the format that is not read, with `marker` in it, nested ones too. */
export function unlistedHoSoFields(marker: string): Record<string, unknown> {
  return {
    TenTTHC: marker, MaLinhVuc: marker, TenLinhVuc: marker, ChuHoSo: marker, LoaiDoiTuong: marker, SoGiayToChuHoSo: marker,
    MaDoiTuong: marker, Email: marker, Fax: marker, SoDienThoai: marker, TrichYeuHoSo: marker, ThongTinTra: marker,
    GhiChu: marker, NoiNopHoSo: marker, TruongLa: marker, DinhDanhCHS: [{ LoaiDinhDanh: marker, SoDinhDanh: marker }],
    TaiLieuNop: [{ MaThanhPhanHoSo: 'TP-01', TepDinhKemId: '4711', DuocSoHoa: '1', TenTepDinhKem: marker, DuongDanTaiTepTin: marker }],
    DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: '8000', TenPhiLePhi: marker }],
    DanhSachTepDinhKemKhac: [{ TenTepDinhKem: marker, DuongDanTaiTepTin: marker }],
    DanhSachGiayToKetQua: [{ MaGiayToKetQua: 'KQ-01', TenGiayTo: marker, DuongDanTepTinKetQua: marker }],
    DanhSachHoSoBoSung: [{
      HoSoBoSungId: 'BS-1', NgayBoSung: '2026-10-06 09:00:00', NguoiYeuCauBoSung: marker, NoiDungBoSung: marker,
      NguoiTiepNhanBoSung: marker, ThongTinTiepNhan: marker, TrangThaiBoSung: marker,
    }],
  };
}

export function unlistedTienTrinhFields(marker: string): Record<string, unknown> {
  return { NoiDungXuLy: marker, TrangThai: marker, TruongLa: { Trong: marker } };
}
