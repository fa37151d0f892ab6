import {
  calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic, type CalendarVersioned, type FigureReported,
  type OfficerDescribed, type ProcedureVersioned, type UnitVersioned,
} from '@index766/contracts-catalog';
import { decodeRecord, type RawRecord, type TopicContract } from '@index766/contracts-envelope';
import { ok, refused, type Instant, type Result } from '@index766/kernel';

interface DataByKind {
  readonly unit: UnitVersioned;
  readonly procedure: ProcedureVersioned;
  readonly calendar: CalendarVersioned;
  readonly figure: FigureReported;
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
    /** When it counts as known: a figure at K reads the records known by K. */
    readonly knownAt: Instant;
    readonly data: DataByKind[Kind];
  };
}[ReferenceKind];

/** All versions of one key that are known, by sequence. An officer has only the newest: a name that was erased is gone. */
export interface ReferenceEntry {
  readonly kind: ReferenceKind;
  readonly versions: readonly ReferenceRecord[];
}

export type ReferenceOutcome = 'applied' | 'duplicate' | 'conflict';

const TOPICS: ReadonlyMap<string, readonly [ReferenceKind, TopicContract]> = new Map([
  [unitTopic.name, ['unit', unitTopic]],
  [procedureTopic.name, ['procedure', procedureTopic]],
  [calendarTopic.name, ['calendar', calendarTopic]],
  [reportedFigureTopic.name, ['figure', reportedFigureTopic]],
  [officerTopic.name, ['officer', officerTopic]],
]);

export const REFERENCE_TOPICS: readonly string[] = [...TOPICS.keys()];

/** @param knownAtOf when a record that was recorded at an instant counts as known */
export function readReferenceRecord(
  topic: string, record: RawRecord, knownAtOf: (recordedAt: Instant) => Instant,
): Result<ReferenceRecord> {
  const known = TOPICS.get(topic);
  if (known === undefined) return refused('CONTRACT.UNKNOWN_TOPIC', 'the aggregator reads no such reference topic', 'topic');
  const [kind, contract] = known;
  const decoded = decodeRecord(contract, record);
  if (!decoded.ok) return decoded;
  const { type, envelope, data } = decoded.value;
  const { subject: key, sequence, recordedAt } = envelope;
  const head = { kind, key, sequence, recordedAt, knownAt: knownAtOf(recordedAt) };
  // Kind and data agree: both come from the topic, and the contract was checked above.
  return ok({ ...head, data: type === 'catalog.officer-erased.v1' ? null : data } as ReferenceRecord);
}

/**
 * Adds versions to what is known of their key. A known sequence with the same content is a duplicate, with another one a
 * conflict that changes nothing. Of an officer only the newest counts: what comes behind it changes nothing either.
 */
export function addVersions(
  entry: ReferenceEntry | undefined,
  arrived: readonly ReferenceRecord[],
): { readonly entry: ReferenceEntry | undefined; readonly outcomes: readonly ReferenceOutcome[] } {
  let known = entry?.versions ?? [];
  const outcomes = arrived.map((version): ReferenceOutcome => {
    const same = known.find(({ sequence }) => sequence === version.sequence);
    if (same !== undefined) return contentOf(same) === contentOf(version) ? 'duplicate' : 'conflict';
    const newest = known.at(-1);
    if (version.kind === 'officer' && newest !== undefined && newest.sequence > version.sequence) return 'duplicate';
    known = version.kind === 'officer' ? [version] : [...known, version].sort((a, b) => a.sequence - b.sequence);
    return 'applied';
  });
  const kind = arrived[0]?.kind;
  if (kind === undefined || !outcomes.includes('applied')) return { entry, outcomes };
  return { entry: { kind, versions: known }, outcomes };
}

function contentOf({ recordedAt, data }: ReferenceRecord): string {
  return JSON.stringify([recordedAt, data]);
}
