export { compareIntakeRank, type IntakeRank } from './intake-rank';
export { holderOf, holesOf, takeRecord, takeStatement, type IntakeMemory, type IntakeRecordHead, type Taken, type UnitStatement } from './intake-memory';
