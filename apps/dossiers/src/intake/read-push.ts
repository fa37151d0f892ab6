import { ok, parseInstant, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';
import type { PushedElement } from '../application/take-push';
import { stated } from '../domain/stated';
import type { OfficerPseudonyms } from './officer-pseudonyms';
import { readSnapshot } from './read-snapshot';
import { readStep } from './read-step';

/** Most elements of one push: as many documents as one bulk write takes. */
export const MAX_PUSH_ELEMENTS = 1_000;

/** What the source and its token allow. */
export interface PushReader {
  readonly pseudonyms: OfficerPseudonyms;
  /** Names the unit of officers where the dossier's code does not. */
  readonly sourceUnit: UnitCode;
  /** Role `replay`: may state when something was recorded, and that it is a bulk load. */
  readonly mayReplay: boolean;
  readonly now: Instant;
}

/** An element with the code by which its sender knows it. */
export interface ReadElement {
  readonly label: string;
  readonly element: Result<PushedElement>;
}

export interface ReadPush {
  readonly service: PushService;
  readonly backfill: boolean;
  readonly elements: readonly ReadElement[];
}

export const PUSH_SERVICES = ['DongBoHoSoMC', 'CapNhatTienDoHoSoMC'] as const;
export type PushService = (typeof PUSH_SERVICES)[number];

/**
 * Reads the body of a push. A refusal concerns the request as a whole; an element that cannot be read is refused by
 * itself. `isUpdating` is ignored: what is known decides (national-sync.md).
 */
export function readPush(body: unknown, reader: PushReader): Result<ReadPush> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refused('PUSH.INVALID', 'a push is an object with service and data');
  }
  const push = body as Readonly<Record<string, unknown>>;
  const service = PUSH_SERVICES.find((known) => known === push['service']);
  if (service === undefined) return refused('PUSH.UNKNOWN_SERVICE', `service is one of ${PUSH_SERVICES.join(', ')}`, 'service');
  const elements = push['data'];
  if (!Array.isArray(elements)) return refused('PUSH.INVALID', 'data is a list', 'data');
  if (elements.length > MAX_PUSH_ELEMENTS) {
    return refused('PUSH.TOO_MANY_ELEMENTS', `a push has at most ${MAX_PUSH_ELEMENTS} elements: send several`, 'data');
  }
  const recordedAt = readRecordedAt(push['recordedAt'], reader);
  if (!recordedAt.ok) return recordedAt;
  const { backfill = false } = push;
  if (typeof backfill !== 'boolean') return refused('PUSH.INVALID', 'backfill is true or false', 'backfill');
  if (backfill && !reader.mayReplay) return refused('BACKFILL.NOT_ALLOWED', 'only the role replay loads in bulk', 'backfill');
  return ok({
    service,
    backfill,
    elements: elements.map((raw: unknown) => ({ label: labelOf(raw), element: readElement(raw, service, recordedAt.value, reader) })),
  });
}

function readElement(raw: unknown, service: PushService, ofPush: Instant | undefined, reader: PushReader): Result<PushedElement> {
  const own = readRecordedAt(fieldOf(raw, 'recordedAt'), reader);
  if (!own.ok) return own;
  const recordedAt = stated('recordedAt', own.value ?? ofPush);
  if (service === 'DongBoHoSoMC') {
    const read = readSnapshot(raw);
    if (!read.ok) return read;
    const { snapshot, parts } = read.value;
    return ok({ kind: 'snapshot', dossier: snapshot.dossier, snapshot, ...stated('parts', parts), ...recordedAt });
  }
  const read = readStep(raw, reader.pseudonyms, reader.sourceUnit);
  if (!read.ok) return read;
  const { report, officer } = read.value;
  return ok({ kind: 'step', dossier: report.dossier, report, ...stated('officer', officer), ...recordedAt });
}

/** When an element or a whole push was recorded, as a replay states it; undefined: now. */
function readRecordedAt(raw: unknown, { mayReplay, now }: PushReader): Result<Instant | undefined> {
  if (raw === undefined || raw === null) return ok(undefined);
  if (!mayReplay) return refused('RECORDED_AT.NOT_ALLOWED', 'only the role replay states when something was recorded', 'recordedAt');
  const instant = typeof raw === 'string' ? parseInstant(raw) : undefined;
  if (instant === undefined) return refused('PUSH.FIELD_INVALID', 'an instant is written 2026-10-01T00:00:00.000Z', 'recordedAt');
  return instant > now ? refused('RECORDED_AT.IN_FUTURE', 'nothing was recorded later than now', 'recordedAt') : ok(instant);
}

const LONGEST_LABEL = 64;

/** The code as the sender wrote it, so that it finds its dossier again. It is answered and kept nowhere. */
function labelOf(raw: unknown): string {
  const code = fieldOf(raw, 'MaHoSo');
  return typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, LONGEST_LABEL) : '';
}

function fieldOf(raw: unknown, field: string): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>)[field] : undefined;
}
