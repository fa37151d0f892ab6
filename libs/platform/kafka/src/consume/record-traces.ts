import { HEADER, headerText, type RawHeader, type RawHeaders } from '@index766/contracts-envelope';
import { compareText } from '@index766/kernel';
import { SpanKind, SpanStatusCode, activeTraceparent, asPartOf, inTrace, parseTraceparent, startSpan } from '@index766/platform-observability';
import type { KafkaLogger } from '../client/kafka-logger';

interface TracedRecord {
  readonly offset: string;
  readonly headers?: RawHeaders | undefined;
}

interface TracedRecords {
  readonly partition: number;
  /** By topic. */
  readonly parts: readonly { readonly topic: string; readonly messages: readonly TracedRecord[] }[];
}

/**
 * Works on records that were fetched together, of one topic or several, after which its span is named: in the trace that all of them
 * belong to, or in one of its own that is linked with theirs. Where traces are not exported, records are looked at up to the first that belongs to another one.
 */
export async function inTraceOfRecords<T>(records: TracedRecords, { group, logger }: { group: string; logger: KafkaLogger }, work: () => Promise<T>): Promise<T> {
  const { partition, parts } = records;
  const topics = parts.map(({ topic }) => topic).sort(compareText).join(' ');
  const span = startSpan(`process ${topics}`, {
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'kafka', 'messaging.operation.type': 'process', 'messaging.destination.name': topics,
      'messaging.consumer.group.name': group, 'messaging.destination.partition.id': String(partition),
      'messaging.batch.message_count': parts.reduce((sum, { messages }) => sum + messages.length, 0),
    },
  }, onlyTraceOf(recordsOf(records)));
  if (span.isRecording()) {
    for (const traceparent of byTrace(recordsOf(records)).keys()) {
      const linked = parseTraceparent(traceparent);
      if (linked !== undefined) span.addLink({ context: linked });
    }
  }
  try {
    return await asPartOf(span, async () => {
      const result = await work();
      if (logger.isLevelEnabled?.('debug') === true) tellOfTraces(records, group, logger);
      return result;
    });
  } catch (error) {
    span.recordException({ name: error instanceof Error ? error.name : 'Error', message: '' });
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

/** The trace of all records that have one; undefined when there are several or none. */
export function onlyTraceOf(records: Iterable<TracedRecord>): string | undefined {
  let first: RawHeader;
  for (const { headers } of records) {
    const header = headers?.[HEADER.traceparent];
    if (header === undefined) continue;
    if (first === undefined) first = header;
    else if (!isSame(first, header)) return undefined;
  }
  return first === undefined ? undefined : headerText({ [HEADER.traceparent]: first }, HEADER.traceparent);
}

function isSame(one: RawHeader, other: RawHeader): boolean {
  return Buffer.isBuffer(one) && Buffer.isBuffer(other) ? one.equals(other) : String(one) === String(other);
}

function* recordsOf({ parts }: TracedRecords): Iterable<TracedRecord> {
  for (const { messages } of parts) yield* messages;
}

/** The records of each trace, in the order of the log. */
function byTrace(records: Iterable<TracedRecord>): ReadonlyMap<string, readonly TracedRecord[]> {
  const traces = new Map<string, TracedRecord[]>();
  for (const record of records) {
    const traceparent = headerText(record.headers, HEADER.traceparent);
    if (traceparent === undefined) continue;
    const before = traces.get(traceparent);
    if (before) before.push(record);
    else traces.set(traceparent, [record]);
  }
  return traces;
}

/** One line for each trace and topic, with its id, so that a request is found in the logs of all who worked on what it led to. */
function tellOfTraces({ partition, parts }: TracedRecords, group: string, logger: KafkaLogger): void {
  const batchTraceId = activeTraceparent()?.split('-')[1];
  for (const { topic, messages } of parts) {
    for (const [traceparent, records] of byTrace(messages)) {
      const [first] = records;
      const fields = {
        group, topic, partition, offset: first?.offset, eventId: headerText(first?.headers, HEADER.id), records: records.length, batchTraceId,
      };
      inTrace(traceparent, () => logger.debug(fields, 'records of a trace were worked on'));
    }
  }
}
