export { INTEGRITY_FLAGS, INTEGRITY_THRESHOLDS, countFlags, integrityFlags, type IntegrityFlag, type IntegrityFlagKind } from './integrity-flags';
export { integrityReaches } from './integrity-reach';
export { withReviews } from './flag-reviews';
export { IntegrityQueries, type IntegrityOfUnit } from './integrity-queries';
export { ReviewChange } from './review-change';
export { ReviewFlag } from './review-flag';
export { ToldFlags } from './told-flags';
