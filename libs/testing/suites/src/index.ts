/** One suite per folder, exported here as `describeXxx(service)`. */
export { describeDrain, type DrainedService, type DrainSurroundings, type ProcessEnd } from './drain/describe-drain';
export type { SentRequest } from './drain/half-sent-request';
