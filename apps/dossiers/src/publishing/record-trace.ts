/** What ties records to the request that caused them. */
export interface RecordTrace {
  readonly correlationId?: string;
  readonly traceparent?: string;
}
