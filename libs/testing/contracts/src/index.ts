export { describeContracts } from './describe-contracts';
export { writeRelease, writeSchemas } from './contract-files';
export { accepts, jsonSchemaOf, type JsonSchema } from './json-schema';
export { forbiddenChanges } from './schema-changes';
export type { PublishedFact, PublishedTopic } from './published-topic';
export { CODES_BESIDE_HTTP } from './codes-beside-http';
export { errorCodePage, type CodeTable, type DocumentedCode } from './error-code-page';
export { isMetricTable, metricPage, type DocumentedMetric, type MetricTable } from './metric-page';
