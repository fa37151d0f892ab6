import type { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import type { DecodedRecord, FactOfTopic } from '@index766/contracts-envelope';
import type { DossierFact } from '@index766/dossier-life';
import { ok, type DossierId, type Result } from '@index766/kernel';
import { otherContent, recordsMissing, type LackingFields } from '@index766/platform-mongo';
import { emptyDossier, type DossierState } from '../domain/dossier-state';
import { withRestoredFacts, withRestoredIntake } from '../domain/restore-dossier';
import { readDossierFact } from '../publishing/read-dossier-fact';
import { dossierFields, reconstituteDossier, type DossierFields } from './dossier.mapper';

type Lacking = Result<LackingFields<DossierFields> | undefined>;

/** Facts that the topic has and the document lacks. */
export function foldBackFacts(
  id: string, fields: DossierFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof dossierTopic>>[],
): Lacking {
  const state = stateOf(id, fields);
  const facts: DossierFact[] = [...state.facts];
  for (const record of records) {
    const fact = readDossierFact(record);
    const known = facts[fact.sequence - 1];
    if (known !== undefined && !isSame(known, fact)) return otherContent(fact.sequence);
    if (fact.sequence > facts.length + 1) return recordsMissing();
    if (known === undefined) facts.push(fact);
  }
  const lacking = facts.slice(state.facts.length);
  return ok(lacking.length === 0 ? undefined : fieldsOf(withRestoredFacts(state, lacking), fields));
}

/** How many records of the intake topic a dossier has sent. */
export function foldBackIntake(
  id: string, fields: DossierFields | undefined, records: readonly DecodedRecord<FactOfTopic<typeof intakeTopic>>[],
): Lacking {
  const before = stateOf(id, fields);
  let state = before;
  for (const { envelope: { sequence, occurredAt, recordedAt }, data: { status } } of records) {
    if (sequence > state.intakeCount + 1) return recordsMissing();
    // A snapshot that states no instant takes that of its recording: it says nothing of its rank.
    const rank = occurredAt === recordedAt ? undefined : { latestAt: occurredAt, status: (status ?? 0) as 0 };
    if (sequence > state.intakeCount) state = withRestoredIntake(state, sequence, rank);
  }
  return ok(state === before ? undefined : fieldsOf(state, fields));
}

function stateOf(id: string, fields: DossierFields | undefined): DossierState {
  return fields === undefined ? emptyDossier(id as DossierId) : reconstituteDossier(id as DossierId, fields);
}

function fieldsOf(state: DossierState, before: DossierFields | undefined): LackingFields<DossierFields> {
  const { set, unset } = dossierFields(state);
  return { set: { ...set, ...(before === undefined ? { commands: [] } : {}) }, unset };
}

function isSame(a: DossierFact, b: DossierFact): boolean {
  return canonicalText(a) === canonicalText(b);
}

function canonicalText({ kind, occurredAt, recordedAt, timeBasis, body }: DossierFact): string {
  return JSON.stringify([kind, occurredAt, recordedAt, timeBasis, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
