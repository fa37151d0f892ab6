export { FactServiceBasis, type FactServiceConfig, type FactServiceOptions, type FollowedReference, type ReadTopics } from './fact-service-basis';
export { FactService, type FactServiceParts, type Ticker } from './fact-service';
export { factServiceProvider } from './fact-service.provider';
export { startFactService, type EdgeOptions, type StartedConfig } from './start-fact-service';
export { AggregateBatchHandler, type AggregateToSave, type AggregateWork, type AggregatesInWork, type InWork } from './aggregate.batch-handler';
export { RoundTicker, type RoundTickerOptions } from './round-ticker';
