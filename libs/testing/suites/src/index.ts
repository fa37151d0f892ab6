/** One suite per folder, exported here as `describeXxx(service)`. */
export { describeClocks, type ClockedProducer } from './clocks/describe-clocks';
export { knownAtByLog, readLog, type Log, type LoggedFact } from './clocks/logged-facts';
export { describeDrain, type DrainedService, type DrainSurroundings, type ProcessEnd } from './drain/describe-drain';
export type { SentRequest } from './drain/half-sent-request';
export { describeBadInput } from './bad-input/describe-bad-input';
export type { FuzzedService, RunningFuzzedService } from './bad-input/fuzzed-service';
export { storedState } from './bad-input/stored-state';
export { CATALOG_POISON } from './poison/catalog-poison';
export { describePoison } from './poison/describe-poison';
export { poisonTopic, type PoisonForm } from './poison/poison-topic';
export type { PoisonGroup, PoisonTopic, PoisonedService, RunningPoisonedService } from './poison/poisoned-service';
export { describeOutages } from './outages/describe-outages';
export type { Away, RunningServiceInOutage, ServiceInOutage } from './outages/service-in-outage';
export { describeRestore } from './restore/describe-restore';
export type { RestorableInstallation, RestorableService } from './restore/restorable-service';
export { copyDatabase, putBack, type DatabaseCopy } from './restore/database-copy';
