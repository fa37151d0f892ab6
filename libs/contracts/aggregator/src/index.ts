export { decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, markTopic, unitScoreLatestTopic } from './topics';
export { dossierDueSoonV1, type DossierDueSoon } from './dossier-due-soon/dossier-due-soon.v1';
export { dossierOverdueV1, type DossierOverdue } from './dossier-overdue/dossier-overdue.v1';
export { dossierOverdueClearedV1, type DossierOverdueCleared } from './dossier-overdue-cleared/dossier-overdue-cleared.v1';
export {
  EDITIONS_KEYS, FLAG_REVIEW_KEYS, OBJECTION_KEYS, editionsKey, editionsKeysOf, flagReviewKey, objectionKey, portalFiguresKey, reviewKey,
} from './decision-key';
export {
  MOST_DOSSIERS_PER_OBJECTION, OBJECTION_REASONS, latenessObjectedV1, type LatenessObjected,
} from './lateness-objected/lateness-objected.v1';
export {
  DECISION_REASONS, OBJECTION_OUTCOMES, objectionDecidedV1, type ObjectionDecided,
} from './objection-decided/objection-decided.v1';
export { editionDocumentV1 } from './edition-document/edition-document.v1';
export { MOST_CHARACTERS_PER_PART, RETRACTION_REASONS, WAIVER_REASONS } from './edition-fields';
export { editionIssuedV1 } from './edition-issued/edition-issued.v1';
export { editionKey } from './edition-key';
export { editionPublishedV1, type EditionPublished } from './edition-published/edition-published.v1';
export { editionRetractedV1, type EditionRetracted } from './edition-retracted/edition-retracted.v1';
export { exclusionWaivedV1, type ExclusionWaived } from './exclusion-waived/exclusion-waived.v1';
export { lateOfficerListV1 } from './late-officer-list/late-officer-list.v1';
export { portalFiguresImportedV1, type PortalFiguresImported } from './portal-figures-imported/portal-figures-imported.v1';
export {
  REVIEW_REASONS, integrityChangeReviewedV1, type IntegrityChangeReviewed,
} from './integrity-change-reviewed/integrity-change-reviewed.v1';
export { REVIEWED_FLAGS, integrityFlagReviewedV1, type IntegrityFlagReviewed } from './integrity-flag-reviewed/integrity-flag-reviewed.v1';
export { MOST_UNITS_PER_MARK, unitsTouchedV1 } from './units-touched/units-touched.v1';
export { unitScoreKey } from './unit-scored/unit-score-key';
export { unitScoredV1, type UnitScored } from './unit-scored/unit-scored.v1';
