import { ok, type Instant, type Result, type SupplementId } from '@index766/kernel';
import type { IntakeParts } from '../domain/intake-parts';
import type { Snapshot, SnapshotRank, SnapshotSupplement } from '../domain/snapshot';
import { canonicalText, readCoded, type Coded } from './coded-record';
import { contentHash } from '../content-hash';
import { fieldMissing } from './push-refusals';
import { partsOf } from './read-parts';
import { HOSO_FIELDS } from './source-fields';
import { stated } from '../domain/stated';

type CodedHoSo = Coded<typeof HOSO_FIELDS>;
type CodedSupplement = NonNullable<CodedHoSo['DanhSachHoSoBoSung']>[number];

/** One HoSo, read: what it says about the dossier, and the parts that other services own. */
export interface ReadSnapshot {
  readonly snapshot: Snapshot;
  readonly parts: IntakeParts | undefined;
}

/** Reads one HoSo of DongBoHoSoMC. Only the coded fields of the table are looked at; a refusal never repeats a value. */
export function readSnapshot(raw: unknown): Result<ReadSnapshot> {
  const read = readCoded(raw, HOSO_FIELDS);
  if (!read.ok) return read;
  const coded = read.value;
  const dossier = coded.MaHoSo;
  if (dossier === undefined) return fieldMissing('MaHoSo');
  const supplements = supplementsOf(coded.DanhSachHoSoBoSung ?? []);
  if (!supplements.ok) return supplements;
  const parts = partsOf(coded);
  if (!parts.ok) return parts;

  const snapshot: Snapshot = {
    dossier,
    hash: contentHash(canonicalText(coded, HOSO_FIELDS)),
    rank: rankOf(coded, supplements.value),
    ...stated('status', coded.TrangThaiHoSo),
    ...stated('unit', coded.DonViXuLy),
    ...stated('procedure', coded.MaTTHC),
    ...stated('channel', coded.KenhThucHien),
    ...stated('submittedAt', coded.NgayNopHoSo),
    ...stated('receivedAt', coded.NgayTiepNhan),
    ...stated('refusedAt', coded.NgayTuChoi),
    ...stated('dueAt', coded.NgayHenTra),
    ...stated('closedAt', coded.NgayKetThucXuLy),
    ...stated('returnedAt', coded.NgayTra),
    ...stated('returnChannel', coded.HinhThuc),
    supplements: supplements.value,
  };
  return ok({ snapshot, parts: parts.value });
}

function supplementsOf(entries: readonly CodedSupplement[]): Result<readonly SnapshotSupplement[]> {
  const supplements = new Map<string, SnapshotSupplement>();
  for (const [index, entry] of entries.entries()) {
    const id = entry.HoSoBoSungId;
    if (id === undefined) return fieldMissing(`DanhSachHoSoBoSung[${index}].HoSoBoSungId`);
    // Several entries of one id say one thing together: what a later one leaves out, an earlier one may have said.
    supplements.set(id, {
      ...supplements.get(id),
      supplement: id as SupplementId,
      ...stated('requestedAt', entry.NgayBoSung),
      ...stated('completedAt', entry.NgayTiepNhanBoSung),
      ...stated('dueBefore', entry.NgayHenTraTruoc),
      ...stated('newDueAt', entry.NgayHenTraMoi),
    });
  }
  return ok([...supplements.values()]);
}

function rankOf(coded: CodedHoSo, supplements: readonly SnapshotSupplement[]): SnapshotRank {
  const instants = [
    coded.NgayNopHoSo, coded.NgayTiepNhan, coded.NgayTuChoi, coded.NgayKetThucXuLy, coded.NgayTra,
    ...supplements.flatMap(({ requestedAt, completedAt }) => [requestedAt, completedAt]),
  ];
  let latestAt: Instant | null = null;
  for (const instant of instants) {
    if (instant !== undefined && (latestAt === null || instant > latestAt)) latestAt = instant;
  }
  return { latestAt, status: coded.TrangThaiHoSo ?? 0 };
}
