export { createServiceLog, LOG_LEVELS, type Logger, type LoggerOptions, type LogLevel, type ServiceLog } from './log/logger';
export { NestLogger } from './log/nest-logger';
export { errorFields, type ErrorFields } from './log/error-fields';
export { REDACTED, maskText } from './log/redaction';
export { defineMetrics, type LabelSets, type LabelValues, type MetricDefinition, type MetricTree } from './metrics/metric-definition';
export {
  Metrics, type CounterHandle, type GaugeHandle, type HistogramHandle, type MetricHandle, type MetricHandles,
} from './metrics/metrics';
export { HEALTHY, Health, unhealthy, type HealthReport, type Probe, type ProbeResult } from './health/health';
export { HTTP_METRICS, measureRequests } from './http-metrics';
export { LOGGER, SERVICE_LOG } from './tokens';
export { ObservabilityModule } from './observability.module';
export { activeTraceparent, formatTraceparent, inTrace, keepTraceOverAwaits, parseTraceparent } from './trace/trace-context';
