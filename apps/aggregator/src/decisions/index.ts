export type { Decision, DecisionAnswer, DecisionHistory, Decisions, RecordedDecision } from './decision';
export { TakeDecision, type GivenDecision } from './take-decision';
