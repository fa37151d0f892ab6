import { headerText, type RawHeaders } from '@index766/contracts-envelope';
import { formatInstant, instantOf, ok, parseInstant, refused, type Instant, type Result } from '@index766/kernel';
import type { VerbatimRecord } from '../publish/outgoing-record';
import { deadLetterTopicOf } from '../topics/topic-plan';
import type { IncomingRecord } from '../consume/incoming-record';

/** Why a record was set aside: its decoding was refused, the handler fails on it, or its sequence has other content. */
export const DEAD_LETTER_CAUSES = ['refused', 'bug', 'conflict'] as const;
export type DeadLetterCause = (typeof DEAD_LETTER_CAUSES)[number];

/** A record that a consumer group set aside, and why. */
export interface Poison {
  readonly record: IncomingRecord;
  readonly cause: DeadLetterCause;
  /** `CONTRACT.INVALID_DATA`, `CONSUMER.HANDLER_FAILED`, `CONSUMER.CONFLICT`, … */
  readonly reason: string;
  /** For a person; names a path or an error, never a value. */
  readonly detail: string;
}

/** Where dead letters go: a `Publisher`, or one that drops them for a group whose records another one sets aside already. */
export interface DeadLetterSender {
  sendVerbatim(records: readonly VerbatimRecord[]): Promise<void>;
}

/** What a dead letter says about itself, beside the record's own bytes. */
export interface DeadLetter {
  readonly group: string;
  readonly cause: DeadLetterCause;
  readonly reason: string;
  readonly detail: string;
  readonly failedAt: Instant;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly knownAfter: Instant | undefined;
  /** As the producer sent it. */
  readonly original: { readonly key: Uint8Array | null; readonly headers: RawHeaders; readonly value: Uint8Array | null };
}

const PREFIX = 'dlt-';
const DLT_HEADER = {
  group: 'dlt-group',
  cause: 'dlt-cause',
  reason: 'dlt-reason',
  detail: 'dlt-detail',
  failedAt: 'dlt-failed-at',
  topic: 'dlt-topic',
  partition: 'dlt-partition',
  offset: 'dlt-offset',
  knownAfter: 'dlt-known-after',
} as const;

/**
 * Put on a replayed record: the watermark before its first copy, or `none`. The replay stands later in the log, but what
 * it says was known as early as the first copy; a rebuild, which reads the first copy, has to find the same.
 */
export const REPLAY_KNOWN_AFTER = 'replay-known-after';
export const BEFORE_ANY_WATERMARK = 'none';

/** The record for the dead-letter topic of its topic and group: original bytes, key and headers, and `dlt-` headers. */
export function toDeadLetter(group: string, { record, cause, reason, detail }: Poison, now: number): VerbatimRecord {
  const { topic, partition, offset, key, headers, value, knownAfter } = record;
  return {
    topic: deadLetterTopicOf(topic, group),
    partition: 0,
    key,
    value,
    headers: {
      ...headers,
      [DLT_HEADER.group]: group,
      [DLT_HEADER.cause]: cause,
      [DLT_HEADER.reason]: reason,
      [DLT_HEADER.detail]: detail,
      [DLT_HEADER.failedAt]: formatInstant(instantOf(now)),
      [DLT_HEADER.topic]: topic,
      [DLT_HEADER.partition]: String(partition),
      [DLT_HEADER.offset]: offset,
      [DLT_HEADER.knownAfter]: knownAfter === undefined ? BEFORE_ANY_WATERMARK : formatInstant(knownAfter),
    },
  };
}

/** Reads a record of a dead-letter topic; refused (`DEAD_LETTER.UNREADABLE`) if it does not say where it came from. */
export function readDeadLetter(record: {
  readonly key: Uint8Array | null;
  readonly headers: RawHeaders;
  readonly value: Uint8Array | null;
}): Result<DeadLetter> {
  const text = (name: string): string | undefined => headerText(record.headers, name);
  const group = text(DLT_HEADER.group);
  const topic = text(DLT_HEADER.topic);
  const partition = text(DLT_HEADER.partition);
  const offset = text(DLT_HEADER.offset);
  const failedAt = parseInstant(text(DLT_HEADER.failedAt) ?? '');
  const cause = DEAD_LETTER_CAUSES.find((known) => known === text(DLT_HEADER.cause));
  if (group === undefined || topic === undefined || partition === undefined || offset === undefined || failedAt === undefined || !cause) {
    return refused('DEAD_LETTER.UNREADABLE', 'the record has not the headers of a dead letter', 'headers');
  }
  return ok({
    group, cause, topic, offset, failedAt,
    partition: Number(partition),
    reason: text(DLT_HEADER.reason) ?? '',
    detail: text(DLT_HEADER.detail) ?? '',
    knownAfter: parseInstant(text(DLT_HEADER.knownAfter) ?? ''),
    original: { key: record.key, headers: withoutPrefix(record.headers), value: record.value },
  });
}

/** The original record once more, for its own topic and partition: every group that has it already sees a duplicate. */
export function replayOf({ topic, partition, knownAfter, original }: DeadLetter): VerbatimRecord {
  const firstKnownAfter = knownAfter === undefined ? BEFORE_ANY_WATERMARK : formatInstant(knownAfter);
  const headers = { ...original.headers, [REPLAY_KNOWN_AFTER]: firstKnownAfter };
  return { topic, partition, key: original.key, headers, value: original.value };
}

function withoutPrefix(headers: RawHeaders): RawHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(PREFIX)));
}
