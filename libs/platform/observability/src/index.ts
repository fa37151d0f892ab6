export { createServiceLog, type Logger, type LoggerOptions, type LogLevel, type ServiceLog } from './log/logger';
export { NestLogger } from './log/nest-logger';
export { defineMetrics, type LabelSets, type LabelValues, type MetricDefinition, type MetricTree } from './metrics/metric-definition';
export {
  Metrics, type CounterHandle, type GaugeHandle, type HistogramHandle, type MetricHandle, type MetricHandles,
} from './metrics/metrics';
export { HEALTHY, Health, unhealthy, type HealthReport, type Probe, type ProbeResult } from './health/health';
export { measureRequests } from './http-metrics';
export { LOGGER } from './tokens';
export { ObservabilityModule } from './observability.module';
export { SpanKind, SpanStatusCode } from '@opentelemetry/api';
export { activeTraceparent, asPartOf, inTrace, keepTraceOverAwaits, keepingTrace, outsideTraces, parseTraceparent, startSpan } from './trace/trace-context';
export { currentTrace, traceOf, type RecordTrace } from './trace/record-trace';
export { traceRequests } from './http-traces';
export type { TraceExportSettings } from './trace/trace-export';
