import { storedFacts, type FoundLedger } from '../ledger/adapters/ledger.document';

/** Sequences of the facts of a topic that a document of a ledger has. */
export function storedSequences(found: FoundLedger, topic: string): readonly number[] {
  return storedFacts(found).filter(({ fact }) => fact.topic === topic).map(({ fact }) => fact.sequence);
}
