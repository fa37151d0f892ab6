import { IntegerVariable, UrlVariable } from '../variables';

/** Where a service sends its traces; nowhere unless it is told. */
export class TraceSettings {
  /** A collector that takes OTLP over HTTP; `/v1/traces` is appended. */
  @UrlVariable('OTEL_EXPORTER_OTLP_ENDPOINT', { optional: true })
  readonly endpoint?: string;

  /** Traces of a hundred that are recorded where they begin. */
  @IntegerVariable('TRACE_SAMPLE_PERCENT', { min: 0, max: 100 })
  readonly samplePercent: number = 100;
}
