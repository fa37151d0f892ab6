import type { Push, PushElement } from '../push/push';

/** What all pushes about one dossier say together, read as a clerk would: later and fuller ones put right earlier ones. */
export interface ReadDossier {
  id: string;
  unit: string;
  procedure: string;
  channel: number;
  status: number;
  submittedAt: number | null;
  receivedAt: number | null;
  /** NgayHenTra before any new due date. */
  dueAt: number | null;
  endedAt: number | null;
  returnedAt: number | null;
  supplements: { id: string; requestedAt: number; completedAt: number | null; newDueAt: number | null }[];
}

/** Reads HoSo elements in the order in which they come; TienTrinh say nothing about 2.1. */
export function readDossiers(pushes: Iterable<Push>): ReadonlyMap<string, ReadDossier> {
  const snapshots = new Map<string, PushElement[]>();
  for (const push of pushes) {
    if (push.service !== 'DongBoHoSoMC') continue;
    for (const element of push.data) {
      const known = snapshots.get(element.MaHoSo);
      if (known === undefined) snapshots.set(element.MaHoSo, [element]);
      else known.push(element);
    }
  }
  return new Map([...snapshots].map(([id, elements]) => [id, readDossier(id, withoutRepeats(elements))]));
}

/** An element that comes again says nothing; it does not undo what came in between. */
function withoutRepeats(elements: readonly PushElement[]): readonly PushElement[] {
  return [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()];
}

function readDossier(id: string, elements: readonly PushElement[]): ReadDossier {
  // Array.sort is stable: of equally full snapshots the one that came last is read last, and wins.
  const ordered = [...elements].sort((a, b) => latestInstant(a) - latestInstant(b) || text(a, 'TrangThaiHoSo').localeCompare(text(b, 'TrangThaiHoSo'), 'en', { numeric: true }));
  const last = (field: string) => ordered.map((element) => text(element, field)).filter((value) => value !== '').at(-1) ?? '';
  const instant = (field: string) => parseInstant(last(field));
  const supplements = new Map<string, Readonly<Record<string, string | number>>>();
  for (const element of ordered) for (const entry of listOf(element, 'DanhSachHoSoBoSung')) supplements.set(String(entry['HoSoBoSungId']), entry);
  const stated = [...supplements.values()].find((entry) => String(entry['NgayHenTraMoi']) !== '');
  const before = stated === undefined ? last('NgayHenTra') : String(stated['NgayHenTraTruoc']);
  return {
    id, unit: last('DonViXuLy'), procedure: last('MaTTHC'), channel: Number(last('KenhThucHien')), status: Number(last('TrangThaiHoSo')),
    submittedAt: instant('NgayNopHoSo'), receivedAt: instant('NgayTiepNhan'), dueAt: parseDue(before),
    endedAt: instant('NgayKetThucXuLy'), returnedAt: instant('NgayTra'),
    supplements: [...supplements.values()].map((entry) => ({
      id: String(entry['HoSoBoSungId']), requestedAt: parseInstant(String(entry['NgayBoSung'])) ?? Number.NaN,
      completedAt: parseInstant(String(entry['NgayTiepNhanBoSung'])), newDueAt: parseDue(String(entry['NgayHenTraMoi'])),
    })).sort((a, b) => a.requestedAt - b.requestedAt),
  };
}

function latestInstant(element: PushElement): number {
  const own = ['NgayNopHoSo', 'NgayTiepNhan', 'NgayTuChoi', 'NgayKetThucXuLy', 'NgayTra'].map((field) => text(element, field));
  const ofSupplements = listOf(element, 'DanhSachHoSoBoSung').flatMap((entry) => [String(entry['NgayBoSung']), String(entry['NgayTiepNhanBoSung'])]);
  return Math.max(...[...own, ...ofSupplements].map((value) => parseInstant(value) ?? 0));
}

/** A field as text, '' if it is a list or missing. */
export function text(element: PushElement, field: string): string {
  const value = element[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function listOf(element: PushElement, field: string): readonly Readonly<Record<string, string | number>>[] {
  const value = element[field];
  return Array.isArray(value) ? value as readonly Readonly<Record<string, string | number>>[] : [];
}

/** The four written forms, all local time. */
export function parseInstant(written: string): number | null {
  if (written === '') return null;
  const slashed = /^(\d{2})\/(\d{2})\/(\d{4}) (.*)$/.exec(written);
  const compact = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(written);
  const iso = slashed !== null ? `${slashed[3] ?? ''}-${slashed[2] ?? ''}-${slashed[1] ?? ''}T${slashed[4] ?? ''}+07:00`
    : compact !== null ? `${compact.slice(1, 4).join('-')}T${compact.slice(4, 7).join(':')}+07:00`
      : written.includes('T') ? written : `${written.replace(' ', 'T')}+07:00`;
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new Error(`no instant: ${written}`);
  return instant;
}

/** 00:00 of a day means its 24:00. */
function parseDue(written: string): number | null {
  const instant = parseInstant(written);
  return instant !== null && (instant + 7 * 3_600_000) % 86_400_000 === 0 ? instant + 86_400_000 : instant;
}
