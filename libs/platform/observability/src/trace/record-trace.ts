import { activeTraceparent, parseTraceparent } from './trace-context';

/** What ties records to the request that caused them. */
export interface RecordTrace {
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/** The trace of the running request; its id also names the correlation for readers that know no traces. */
export function currentTrace(): RecordTrace {
  return traceOf(activeTraceparent());
}

/** The trace of a header, for what the record that has it leads to; nothing if it is none. */
export function traceOf(traceparent: string | undefined): RecordTrace {
  const span = parseTraceparent(traceparent);
  return span === undefined || traceparent === undefined ? {} : { correlationId: span.traceId, traceparent };
}
