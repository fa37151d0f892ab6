export { CASES } from './cases';
export { followedInTurn } from './followed-in-turn';
export { LEDGER_LIMITS, LedgerBatchHandler, type LedgerFollower } from './ledger.batch-handler';
export type { FencedEntry, Ledger } from './ledger';
export type { LedgerEntry } from './ledger-entry';
export type { LedgerSubject } from './ledger-subject';
export { PETITIONS, type KnownPetition } from './petitions';
