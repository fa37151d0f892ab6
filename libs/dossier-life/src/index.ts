export { DESK_SOURCE } from './facts';
export type {
  Channel, CorrectableField, DossierFact, DossierFactBodies, DossierFactKind, DossierFactOf, DueBasis, DueCause, FactHead,
  NotFollowedCause, StatedField, TimeBasis,
} from './facts';
export type { DossierView, DueInForce, EndStatus, FactFlag, FactFlagKind, Step, UncountedReason, Wait } from './view';
export {
  ALLOWED_BEFORE_REGISTRATION, ALLOWED_FACTS, STATUSES, STATUS_NAMES, type ReportedFactKind, type Status, type StatusRule,
} from './status';
export { compareFacts } from './fold-order';
export { foldDossier, statusAt, unknownDossier, type FoldOptions } from './fold';
export { evaluationEnd, type Span } from './evaluation';
export { judgeAt, type Judgement } from './judge';
export { holderAt, holderIn, receivingUnit } from './holder';
export { wakeAt } from './wake';
export { flowsOf, type Flows } from './flows';
export { processingMilliseconds } from './processing-time';
export { latenessAt, type DossierLateness, type LatenessShare, type OfficerKnowledge, type UnassignedReason } from './own-time';
export type { LateDossier } from './late-dossier';
export { lateOfficers, type LateOfficer, type LateOfficerList, type LateOfficerOptions } from './late-officers';
export { lateDepartments, lateUnits, type Division, type LateGroup, type LateGroupOptions } from './late-groups';
export { decideFacts, type DecisionContext, type ProposedFact } from './decide';
export { NOT_FOLLOWED_KEPT, NOT_FOLLOWED_OF_OTHERS_KEPT, notFollowedFacts, type HearingContext, type NotFollowedFact, type NotFollowedStatement } from './not-followed';
export type { DossierRefusalCode } from './refusals';
export { dueFactsAfter, restatedDueFacts, type DueFact, type StatementContext } from './due-statements';
export type { DueReference } from './due-derivation';
export { explainDeadline, type DeadlineExplanation, type DueStatement } from './explain-deadline';
