import type { documentTopic } from '@index766/contracts-digitization';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import type { DocumentFact } from '@index766/document-life';
import { ok, type DossierId, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';
import { emptyDocuments } from '../domain/documents-state';
import { readDocumentFact } from '../publishing/read-document-fact';
import { documentsFields, reconstituteDocuments, type DocumentsFields } from './documents.mapper';

/**
 * Facts that the topic has and the document lacks. What pushes said, and the units, come back by reading the topics of
 * dossiers from their beginning: the words that lead to facts which are here already lead to no further ones.
 */
export function foldBackFacts(
  id: string, fields: DocumentsFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof documentTopic>>[],
): Result<LackingFields<DocumentsFields> | undefined> {
  const state = fields === undefined ? emptyDocuments(id as DossierId) : reconstituteDocuments(id as DossierId, fields);
  const facts: DocumentFact[] = [...state.facts];
  for (const record of records) {
    const fact = readDocumentFact(record);
    const known = facts[fact.sequence - 1];
    if (known !== undefined && !isSame(known, fact)) return otherContent(fact.sequence);
    if (fact.sequence > facts.length + 1) return recordsMissing();
    if (known === undefined) facts.push(fact);
  }
  if (facts.length === state.facts.length) return ok(undefined);
  return ok({ set: { ...documentsFields({ ...state, facts }), ...(fields === undefined ? { commands: [] } : {}) } });
}

function isSame(a: DocumentFact, b: DocumentFact): boolean {
  return canonicalText(a) === canonicalText(b);
}

function canonicalText({ kind, occurredAt, recordedAt, timeBasis, body }: DocumentFact): string {
  return JSON.stringify([kind, occurredAt, recordedAt, timeBasis, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
