import { fromStoredLedger, type FoundLedger } from '../ledger/adapters/ledger.document';

/** Sequences of the facts that a document of the collection `ledger` has. */
export function storedSequences({ _id, ...found }: FoundLedger & { readonly _id: string }): readonly number[] {
  return fromStoredLedger(_id, found).facts.map(({ fact }) => fact.sequence);
}
