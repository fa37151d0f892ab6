export { FLAGGED_FACT_KINDS, INTEGRITY_FLAGS, countFlags, integrityFlags, type IntegrityFlag, type IntegrityFlagKind } from './integrity-flags';
export { integrityReaches } from './integrity-reach';
export { IntegrityQueries, type IntegrityOfUnit } from './integrity-queries';
export { ReviewChange } from './review-change';
export { ToldFlags } from './told-flags';
