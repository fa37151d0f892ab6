import type { PushElement } from '@index766/sample';

/** Fields that grow with the life of a dossier, or say nothing about it. */
const NO_STATEMENT = ['TrangThaiHoSo', 'TrangThaiBoSung', 'recordedAt', 'isUpdating'];
/** "A fee is asked for" comes without an instant, so that it happened when it was recorded. */
const UNDATED_STATUSES: readonly unknown[] = [6, '6'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * True where the order of a dossier's elements is part of what they say (architecture: snapshots that conflict are
 * corrections in the order in which they come, and whether a correction counts depends on when it was recorded; what a
 * push does not date takes the instant of its recording, and a payment that it does not date that of the receipt, or of the
 * submission as long as no receipt is known).
 */
export function isOrderKept(snapshots: readonly PushElement[]): boolean {
  return isPaidBeforeReceipt(snapshots)
    || snapshots.some((snapshot) => UNDATED_STATUSES.includes(snapshot['TrangThaiHoSo']))
    || snapshots.some((one) => snapshots.some((other) => contradict(one, other)));
}

function isPaidBeforeReceipt(snapshots: readonly PushElement[]): boolean {
  const isReceived = (snapshot: Fields): boolean => isStated(snapshot['NgayTiepNhan']);
  return snapshots.some(isReceived) && snapshots.some((snapshot) => isStated(snapshot['DuocThanhToanTrucTuyen']) && !isReceived(snapshot));
}

/** True if one field is stated by both, and differently. Absent and empty say nothing. */
function contradict(one: Fields, other: Fields): boolean {
  return Object.keys(one).some((field) => {
    if (NO_STATEMENT.includes(field)) return false;
    const [a, b] = [one[field], other[field]];
    if (Array.isArray(a) && Array.isArray(b)) return field === 'DanhSachHoSoBoSung' && supplementsContradict(a as Fields[], b as Fields[]);
    return isStated(a) && isStated(b) && String(a) !== String(b);
  });
}

function supplementsContradict(some: readonly Fields[], others: readonly Fields[]): boolean {
  return some.some((one) => others.some((other) => one['HoSoBoSungId'] === other['HoSoBoSungId'] && contradict(one, other)));
}

function isStated(value: unknown): boolean {
  return value !== undefined && value !== '';
}
