import { formatInstant, ok, type OfficerPseudonym, type Result, type StepId, type UnitCode } from '@index766/kernel';
import type { SeenOfficer } from '../domain/seen-officer';
import type { StepReport } from '../domain/snapshot';
import { canonicalText, readCoded } from './coded-record';
import { contentHash } from '../content-hash';
import type { OfficerPseudonyms } from './officer-pseudonyms';
import { fieldMissing } from './push-refusals';
import { TIEN_TRINH_FIELDS, type SourceField } from './source-fields';
import { stated } from '../domain/stated';

/** One TienTrinh, read. The name is in `officer` alone, which goes to the restricted topic. */
export interface ReadStep {
  readonly report: StepReport;
  readonly officer: SeenOfficer | undefined;
}

/** A step is told from another one by its id, so the hash of its content needs no name in it. */
const HASHED_FIELDS: readonly SourceField[] = TIEN_TRINH_FIELDS.filter(({ merge }) => merge !== 'restricted');

/**
 * Reads one TienTrinh of CapNhatTienDoHoSoMC. The step's id is made of (MaHoSo, officer, NgayBatDau); its own end is
 * ThoiDiemXuLy where that is after NgayBatDau (lifecycle.md §5).
 */
export function readStep(raw: unknown, pseudonyms: OfficerPseudonyms, sourceUnit: UnitCode): Result<ReadStep> {
  const read = readCoded(raw, TIEN_TRINH_FIELDS);
  if (!read.ok) return read;
  const { MaHoSo: dossier, NgayBatDau: startedAt, ThoiDiemXuLy: endedAt, NguoiXuLy: name, PhongBanXuLy: department } = read.value;
  if (dossier === undefined) return fieldMissing('MaHoSo');
  if (startedAt === undefined) return fieldMissing('NgayBatDau');

  const officer = name === undefined
    ? undefined
    : pseudonyms.seen(dossier, sourceUnit, { name, ...stated('title', read.value.ChucDanh), ...stated('department', department) });
  const step = stepIdOf(dossier, officer?.pseudonym, formatInstant(startedAt));
  const report: StepReport = {
    dossier, step, startedAt,
    hash: contentHash(step + canonicalText(read.value, HASHED_FIELDS)),
    ...stated('officer', officer?.pseudonym),
    ...stated('department', department),
    ...stated('endedAt', endedAt !== undefined && endedAt > startedAt ? endedAt : undefined),
    ...stated('deadline', read.value.NgayKetThucTheoQuyDinh),
  };
  return ok({ report, officer });
}

/** The id of a step that its source does not number. */
export function stepIdOf(dossier: string, officer: OfficerPseudonym | undefined, startedAt: string): StepId {
  return contentHash(`${dossier}\u001f${officer ?? ''}\u001f${startedAt}`) as StepId;
}
