import {
  calendarTopic, officerTopic, procedureTopic, unitTopic, type CalendarVersioned, type OfficerDescribed, type ProcedureVersioned,
  type UnitVersioned,
} from '@index766/contracts-catalog';
import { decodeRecord, type RawRecord, type TopicContract } from '@index766/contracts-envelope';
import { ok, refused, type Instant, type Result } from '@index766/kernel';

interface DataByKind {
  readonly unit: UnitVersioned;
  readonly procedure: ProcedureVersioned;
  readonly calendar: CalendarVersioned;
  /** Null: the name was erased. */
  readonly officer: OfficerDescribed | null;
}

export type ReferenceKind = keyof DataByKind;

/** One record of the catalog: a version of what its key names. */
export type ReferenceRecord = {
  readonly [Kind in ReferenceKind]: {
    readonly kind: Kind;
    readonly key: string;
    readonly sequence: number;
    readonly recordedAt: Instant;
    readonly data: DataByKind[Kind];
  };
}[ReferenceKind];

/** All versions of one key that are known, by sequence. An officer has only the newest: a name that was erased is gone. */
export interface ReferenceEntry {
  readonly kind: ReferenceKind;
  readonly versions: readonly ReferenceRecord[];
}

const TOPICS: ReadonlyMap<string, readonly [ReferenceKind, TopicContract]> = new Map([
  [unitTopic.name, ['unit', unitTopic]],
  [procedureTopic.name, ['procedure', procedureTopic]],
  [calendarTopic.name, ['calendar', calendarTopic]],
  [officerTopic.name, ['officer', officerTopic]],
]);

export const REFERENCE_TOPICS: readonly string[] = [...TOPICS.keys()];

export function readReferenceRecord(topic: string, record: RawRecord): Result<ReferenceRecord> {
  const known = TOPICS.get(topic);
  if (known === undefined) return refused('CONTRACT.UNKNOWN_TOPIC', 'the aggregator reads no such reference topic', 'topic');
  const [kind, contract] = known;
  const decoded = decodeRecord(contract, record);
  if (!decoded.ok) return decoded;
  const { type, envelope, data } = decoded.value;
  const head = { kind, key: envelope.subject, sequence: envelope.sequence, recordedAt: envelope.recordedAt };
  // Kind and data agree: both come from the topic, and the contract was checked above.
  return ok({ ...head, data: type === 'catalog.officer-erased.v1' ? null : data } as ReferenceRecord);
}

/** Adds versions to what is known of their key: a known sequence changes nothing. */
export function addVersions(
  entry: ReferenceEntry | undefined,
  arrived: readonly ReferenceRecord[],
): { readonly entry: ReferenceEntry | undefined; readonly outcomes: readonly ('applied' | 'duplicate')[] } {
  const known = new Map((entry?.versions ?? []).map((version) => [version.sequence, version]));
  const outcomes = arrived.map((version) => {
    if (known.has(version.sequence)) return 'duplicate' as const;
    known.set(version.sequence, version);
    return 'applied' as const;
  });
  const kind = arrived[0]?.kind;
  if (kind === undefined || !outcomes.includes('applied')) return { entry, outcomes };
  const versions = [...known.values()].sort((a, b) => a.sequence - b.sequence);
  return { entry: { kind, versions: kind === 'officer' ? versions.slice(-1) : versions }, outcomes };
}
