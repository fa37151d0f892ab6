import type { ServiceName } from './services';

/** In everything that has to be dropped at the edge. */
export const CANARY = 'DAUVETCANARY';
/** In names of officers and what describes them: restricted topics and the catalog's records alone have it. */
export const OFFICER_CANARY = 'CANBOCANARY';
/** In a coded field that is kept and published: what looks for canaries finds it. */
export const KEPT_CANARY = 'PHONGCANARY';

/** Each mark names its place, so that a find says where it came from. It is of no form that a coded field has. */
const mark = (place: string): string => `${CANARY} ở ${place}!`;

const FREE_FIELDS = [
  'TenTTHC', 'MaLinhVuc', 'TenLinhVuc', 'ChuHoSo', 'LoaiDoiTuong', 'SoGiayToChuHoSo', 'MaDoiTuong', 'Email', 'Fax', 'SoDienThoai',
  'TrichYeuHoSo', 'ThongTinTra', 'GhiChu', 'NoiNopHoSo',
];
/** Fields of the national format that are read, each by its list: '' for those of the element itself. */
const READ_FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': [
    'TrangThaiHoSo', 'DonViXuLy', 'MaTTHC', 'KenhThucHien', 'NgayNopHoSo', 'NgayTiepNhan', 'NgayTuChoi', 'NgayHenTra', 'NgayKetThucXuLy',
    'NgayTra', 'HinhThuc', 'DuocThanhToanTrucTuyen', 'HoSoCoThanhPhanSoHoa', 'TaiKhoanDuocXacThucVoiVNeID', 'DanhSachHoSoBoSung',
    'DanhSachLePhi', 'DSKetNoiCSDL', 'TaiLieuNop', 'DanhSachGiayToKetQua',
  ],
  DanhSachHoSoBoSung: ['HoSoBoSungId', 'NgayBoSung', 'NgayTiepNhanBoSung', 'NgayHenTraTruoc', 'NgayHenTraMoi'],
  DanhSachLePhi: ['MaPhiLePhi', 'LoaiPhiLePhi', 'HinhThucThu', 'Gia'],
  TaiLieuNop: ['MaThanhPhanHoSo', 'TepDinhKemId', 'DuocSoHoa', 'DuocTaiSuDung', 'DuocLayTuKhoDMQG', 'MaKetQuaThayThe', 'IsDeleted'],
  DanhSachGiayToKetQua: ['MaGiayToKetQua', 'MaThanhPhanHoSo', 'GiayToId'],
  DSKetNoiCSDL: ['MaCSDL'],
};

type Fields = Readonly<Record<string, unknown>>;

export const dossierCode = (number: number): string => `H44.114-20261005-${String(number).padStart(4, '0')}`;

function plainHoSo(number: number, fields: Fields = {}): Fields {
  return {
    MaHoSo: dossierCode(number), MaTTHC: '2.000815', KenhThucHien: '1', NgayNopHoSo: '05/10/2026 08:20:00',
    NgayTiepNhan: '05/10/2026 08:30:00', NgayHenTra: '12/10/2026', TrangThaiHoSo: '4', DonViXuLy: 'H44.114', ...fields,
  };
}

const unknown = (place: string): Fields => ({ [`TruongLa${CANARY}`]: mark(place), TruongLa: { Trong: [mark(place)] } });

/** A HoSo that is accepted, with a mark in every field that nobody reads, of every level. */
function acceptedHoSo(): Fields {
  return plainHoSo(1, {
    ...Object.fromEntries(FREE_FIELDS.map((field) => [field, mark(field)])), ...unknown('HoSo'),
    DinhDanhCHS: [{ LoaiDinhDanh: mark('LoaiDinhDanh'), SoDinhDanh: mark('SoDinhDanh') }],
    DSKetNoiCSDL: [{ MaCSDL: 'CSDLQGDC', ...unknown('DSKetNoiCSDL') }],
    TaiLieuNop: [{ MaThanhPhanHoSo: 'TP-01', TepDinhKemId: '4711', TenTepDinhKem: mark('TenTepDinhKem'), DuongDanTaiTepTin: mark('DuongDanTaiTepTin'), ...unknown('TaiLieuNop') }],
    DanhSachLePhi: [{ MaPhiLePhi: 'LP-01', Gia: '8000', TenPhiLePhi: mark('TenPhiLePhi'), ...unknown('DanhSachLePhi') }],
    DanhSachTepDinhKemKhac: [{ TenTepDinhKem: mark('TenTepDinhKem khác'), ...unknown('DanhSachTepDinhKemKhac') }],
    DanhSachGiayToKetQua: [{ MaGiayToKetQua: 'KQ-01', TenGiayTo: mark('TenGiayTo'), DuongDanTepTinKetQua: mark('DuongDanTepTinKetQua'), ...unknown('DanhSachGiayToKetQua') }],
    DanhSachHoSoBoSung: [{
      HoSoBoSungId: 'BS-1', NgayBoSung: '2026-10-06 09:00:00', NguoiYeuCauBoSung: mark('NguoiYeuCauBoSung'), NoiDungBoSung: mark('NoiDungBoSung'),
      NguoiTiepNhanBoSung: mark('NguoiTiepNhanBoSung'), ThongTinTiepNhan: mark('ThongTinTiepNhan'), TrangThaiBoSung: mark('TrangThaiBoSung'), ...unknown('DanhSachHoSoBoSung'),
    }],
  });
}

/** For each field that is read a HoSo that has a mark in it, which is not of its form: it is refused. */
function refusedHoSos(): readonly Fields[] {
  return Object.entries(READ_FIELDS).flatMap(([list, fields]) => fields.map((field) => ({ list, field })))
    .map(({ list, field }, index) => plainHoSo(100 + index, list === '' ? { [field]: mark(field) } : { [list]: [{ [field]: mark(field) }] }));
}

const officer = (place: string): string => `${OFFICER_CANARY} ${place}`;

export const PUSHES: readonly Fields[] = [
  { service: 'DongBoHoSoMC', isUpdating: mark('isUpdating'), ...unknown('push'), data: [acceptedHoSo()] },
  { service: 'DongBoHoSoMC', data: [...refusedHoSos(), mark('an element'), [mark('a list')]] },
  {
    service: 'CapNhatTienDoHoSoMC',
    data: [{
      MaHoSo: dossierCode(1), NguoiXuLy: officer('NguoiXuLy'), ChucDanh: officer('ChucDanh'), PhongBanXuLy: KEPT_CANARY, NgayBatDau: '2026-10-05 09:00:00',
      NoiDungXuLy: mark('NoiDungXuLy'), TrangThai: mark('TrangThai'), ...unknown('TienTrinh'),
    }],
  },
  {
    service: 'CapNhatTienDoHoSoMC',
    data: ['NgayBatDau', 'ThoiDiemXuLy', 'NgayKetThucTheoQuyDinh'].map((field, index) => ({
      MaHoSo: dossierCode(200 + index), NguoiXuLy: officer('of a refused step'), NgayBatDau: '2026-10-05 09:00:00', [field]: mark(field),
    })),
  },
  { service: mark('service'), data: [] },
  { service: 'DongBoHoSoMC', data: mark('data') },
  { service: 'DongBoHoSoMC', recordedAt: mark('recordedAt'), data: [] },
];

export const HEADERS: Readonly<Record<string, string>> = {
  'User-Agent': CANARY, Referer: `http://${CANARY}.example/`, Cookie: `session=${CANARY}`, traceparent: CANARY, tracestate: `a=${CANARY}`,
  baggage: `name=${CANARY}`, 'X-Forwarded-For': CANARY, 'X-Request-Id': CANARY, 'X-Correlation-Id': CANARY,
};

export interface CanaryRequest {
  readonly service: ServiceName;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const JSON_TYPE = { 'Content-Type': 'application/json' };
const inPath = encodeURIComponent(mark('path'));
const payment = (name: string, body: Fields): CanaryRequest => command(name, body, {}, 'payments');
const paper = (name: string, body: Fields): CanaryRequest => command(name, body, {}, 'digitization');
const rating = (name: string, body: Fields): CanaryRequest => command(name, body, {}, 'feedback');
const petition = (name: string, body: Fields): CanaryRequest => ({ ...rating(`petition-${name}`, body), path: `/v1/petitions/PAKN.CANARY/${name}` });
const command = (name: string, body: Fields, headers: Fields = {}, service: ServiceName = 'dossiers'): CanaryRequest => ({
  service, method: 'POST', path: `/v1/dossiers/${dossierCode(1)}/${name}`, body: JSON.stringify(body),
  headers: { ...JSON_TYPE, 'Idempotency-Key': `canary-${name}-${Object.keys(body).join('')}`, ...headers },
});

/** Commands, reads and bodies with marks in every part of a request. All but the officer's step are refused. */
export const REQUESTS: readonly CanaryRequest[] = [
  command('assign-step', { occurredAt: '2026-10-06T02:00:00.000Z', officer: { name: officer('name'), title: officer('title') }, department: KEPT_CANARY }),
  command('assign-step', { officer: { name: officer('refused'), note: mark('note') } }),
  command('finish', { note: mark('note') }),
  command('finish', { occurredAt: mark('occurredAt') }),
  command('stop', { reasonCode: mark('reasonCode') }),
  command('transfer', { unit: mark('unit') }),
  command('correct', { field: 'unit', after: mark('after'), reasonCode: 'R' }),
  command('finish', {}, { 'X-Recorded-At': CANARY }),
  command('finish', {}, { 'Idempotency-Key': `${CANARY} with spaces` }),
  { service: 'dossiers', method: 'POST', path: '/v1/national-sync', headers: JSON_TYPE, body: `{"service": ${CANARY}` },
  { service: 'dossiers', method: 'POST', path: '/v1/national-sync', headers: { 'Content-Type': `text/${CANARY}` }, body: CANARY },
  { service: 'dossiers', method: 'GET', path: `/v1/dossiers/${inPath}` },
  { service: 'dossiers', method: 'GET', path: `/v1/due-date-changes/vn@1?after=${inPath}&limit=${inPath}` },
  { service: 'dossiers', method: 'GET', path: `/${CANARY}?${CANARY}=${CANARY}` },
  { service: 'catalog', method: 'GET', path: `/v1/units/${inPath}` },
  { service: 'catalog', method: 'GET', path: `/v1/units?level=${inPath}&asOf=${inPath}&TruongLa=${inPath}` },
  { service: 'catalog', method: 'GET', path: `/v1/calendars/${inPath}` },
  { service: 'catalog', method: 'PUT', path: '/v1/units/H44.999', headers: JSON_TYPE, body: JSON.stringify({ name: 'x', level: mark('level'), note: mark('note') }) },
  { service: 'catalog', method: 'POST', path: '/v1/imports/units', headers: { 'Content-Type': 'text/csv' }, body: `code,${CANARY}\n${mark('cell')},x\n` },
  {
    service: 'catalog', method: 'POST', path: '/v1/imports/units', headers: { 'Content-Type': 'text/csv' },
    body: `code,name,level,parent,validFrom,validTo,successor,reportingSince\n${mark('code')},x,${mark('level')},,${mark('validFrom')},,,\n`,
  },
  payment('assess-fee', { fee: mark('fee'), kind: 'fee', collection: 'direct', amount: 8_000 }),
  payment('assess-fee', { fee: 'LP-09', kind: mark('kind'), amount: mark('amount'), note: mark('note') }),
  payment('waive-fee', { fee: 'LP-01', reasonCode: mark('reasonCode') }),
  payment('record-cash-payment', { receipt: mark('receipt'), amount: 8_000 }),
  payment('drop-parked-event', { provider: mark('provider'), event: mark('event'), reasonCode: mark('reasonCode') }),
  { service: 'payments', method: 'GET', path: `/v1/dossiers/${inPath}/payments` },
  { service: 'payments', method: 'GET', path: `/v1/parked-events?after=${inPath}&limit=${inPath}` },
  {
    service: 'payments', method: 'POST', path: `/v1/providers/${inPath}/events`, headers: { ...JSON_TYPE, 'X-Signature': `sha256=${CANARY}`, 'X-Signature-Timestamp': CANARY },
    body: JSON.stringify({ event: mark('event'), kind: mark('kind'), dossier: dossierCode(1), reference: mark('reference'), note: mark('note') }),
  },
  paper('digitise-component', { component: mark('component') }),
  paper('reuse-component', { component: 'TP-01', attachment: mark('attachment'), note: mark('note') }),
  paper('use-population-data', { by: mark('by'), database: mark('database') }),
  paper('sign-result', { result: mark('result') }),
  { service: 'digitization', method: 'GET', path: `/v1/dossiers/${inPath}/documents` },
  rating('record-rating', { verdict: mark('verdict') }),
  rating('record-rating', { verdict: 4, note: mark('note') }),
  rating('withdraw-rating', { reasonCode: mark('reasonCode') }),
  petition('receive', { unit: 'H44', class: mark('class'), text: mark('text') }),
  petition('receive', { unit: 'H44', class: 'other', about: { dossier: mark('dossier'), petition: mark('petition') } }),
  petition('answer', { text: mark('text') }),
  { service: 'feedback', method: 'POST', path: '/v1/ratings', headers: JSON_TYPE, body: JSON.stringify({ token: mark('token'), verdict: 1 }) },
  { service: 'feedback', method: 'GET', path: `/v1/units/${inPath}/petitions?after=${inPath}&limit=${inPath}` },
  { service: 'aggregator', method: 'GET', path: `/v1/units/${inPath}/scores/2026-10` },
  { service: 'aggregator', method: 'GET', path: `/v1/units/H44/scores/${inPath}?format=${inPath}` },
  { service: 'aggregator', method: 'GET', path: `/v1/units/H44/dossiers/2026-10?outcome=${inPath}&after=${inPath}&limit=${inPath}` },
  { service: 'aggregator', method: 'GET', path: '/v1/scores', headers: { Authorization: `Bearer ${CANARY}` } },
];
