import { decodeRecord, type RawRecord, type TopicContract } from '@index766/contracts-envelope';
import { ok, parseInstant, refused, type Result } from '@index766/kernel';
import { knownAtOf, type IncomingRecord } from '@index766/platform-kafka';

import type { KnownFact, LedgerFact } from './known-fact';
import type { LedgerSubject } from './ledger-subject';

/** A fact and the key of its record: the id of the dossier or petition. */
export interface ReadFact {
  readonly id: string;
  readonly fact: LedgerFact;
}

/** A fact of a ledger as it came from the log. */
export interface ArrivedFact {
  readonly id: string;
  readonly known: KnownFact;
  readonly partition: number;
}

/** `<producer>.<kind>.v<N>` */
const FACT_TYPE = /^[a-z-]+\.([a-z0-9-]+)\.v\d+$/;
/** Fields of a fact's data that hold an instant: text on the wire, a number in the domain. */
const INSTANT_FIELDS = new Set(['statedDueAt', 'deadline', 'newDueAt', 'dueAt', 'computedDueAt', 'latestAt', 'outrankedBy']);
/** Hold a value of the field that a body is about. */
const VALUES = new Set(['before', 'after', 'stated', 'standing']);

/** A record of a fact topic as a domain fact, checked against its contract. Refusals name path, never value. */
export function readFact(topic: TopicContract, record: RawRecord): Result<ReadFact> {
  const decoded = decodeRecord(topic, record);
  if (!decoded.ok) return decoded;
  const { type, envelope, data } = decoded.value;
  const kind = FACT_TYPE.exec(type)?.[1];
  if (kind === undefined) return refused('CONTRACT.UNKNOWN_TYPE', 'the ledger does not know this kind of fact', 'ce_type');
  // The contract was checked above; every contract of a fact topic has these fields beside its body.
  const { timeBasis, backfill, ...wireBody } = data as FactData;
  const fact: LedgerFact = {
    topic: topic.name,
    sequence: envelope.sequence,
    kind,
    occurredAt: envelope.occurredAt,
    recordedAt: envelope.recordedAt,
    timeBasis: timeBasis ?? 'stated',
    ...(backfill === true ? { backfill } : {}),
    body: domainBody(wireBody),
  };
  return ok({ id: envelope.subject, fact });
}

/** A record of one of a ledger's topics; `ignored`: it is about something else. Refuses as `readFact`. */
export function readArrivedFact<View>(
  { topics, isAbout }: Pick<LedgerSubject<View>, 'topics' | 'isAbout'>, record: IncomingRecord,
): Result<ArrivedFact> | 'ignored' {
  const topic = topics.find(({ name }) => name === record.topic);
  if (topic === undefined) throw new RangeError(`this ledger does not read ${record.topic}`);
  const read = readFact(topic, record);
  if (!read.ok) return read;
  const { id, fact } = read.value;
  if (isAbout?.(topic.name, fact) === false) return 'ignored';
  return ok({ id, known: { fact, knownAt: knownAtOf(fact.recordedAt, record.knownAfter) }, partition: record.partition });
}

type FactData = Readonly<Record<string, unknown>> & Partial<Pick<LedgerFact, 'timeBasis' | 'backfill'>>;

function domainBody(wireBody: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const field = String(wireBody['field']);
  const isInstant = (name: string): boolean => (VALUES.has(name) ? field.endsWith('-at') || field === 'step-deadline' : INSTANT_FIELDS.has(name));
  return Object.fromEntries(
    Object.entries(wireBody).map(([name, value]) =>
      [name, typeof value === 'string' && isInstant(name) ? parseInstant(value) : value]),
  );
}
