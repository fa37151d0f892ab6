import { activeTraceparent } from './trace-context';

/** What ties records to the request that caused them. */
export interface RecordTrace {
  readonly correlationId?: string;
  readonly traceparent?: string;
}

/** The trace of the running request; its id also names the correlation for readers that know no traces. */
export function currentTrace(): RecordTrace {
  const traceparent = activeTraceparent();
  const [, traceId] = traceparent?.split('-') ?? [];
  return traceparent === undefined || traceId === undefined ? {} : { correlationId: traceId, traceparent };
}
