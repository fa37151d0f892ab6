export { LEDGER_LIMITS, LedgerBatchHandler, type LedgerFollower } from './ledger.batch-handler';
export type { FencedEntry, Ledger } from './ledger';
export type { FoldFacts, LedgerEntry } from './ledger-entry';
