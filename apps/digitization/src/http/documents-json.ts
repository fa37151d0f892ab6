import type { DocumentFact, DocumentFactKind, DocumentStatement, DocumentThing } from '@index766/document-life';
import { holesOf } from '@index766/intake';
import { compareText, formatInstant, type Instant } from '@index766/kernel';
import type { DocumentDetails } from '../queries/show-documents';

/** The papers of a dossier as GET shows them: what is so of each component and result and since when, and every fact. */
export function documentsJson({ state, unit, standing, statements, denied }: DocumentDetails) {
  return {
    dossier: state.dossier,
    unit,
    standing,
    components: groupsOf(statements, COMPONENT_INSTANTS).map(({ about, instants }) => ({ component: about.component ?? null, attachment: about.attachment ?? null, ...instants })),
    populationData: groupsOf(statements, POPULATION_INSTANTS).map(({ about, instants }) => ({ by: about.by ?? null, database: about.database ?? null, ...instants })),
    results: groupsOf(statements, RESULT_INSTANTS).map(({ about, instants }) => ({ result: about.result ?? null, ...instants })),
    facts: state.facts.map(factJson),
    denied: denied.map(({ kind, about, statedAt }) => ({ kind, ...about, statedAt: textOf(statedAt) })),
    missingIntakeRecords: holesOf(state),
  };
}

type InstantNames = Readonly<Partial<Record<DocumentFactKind, string>>>;

const COMPONENT_INSTANTS = {
  'component-digitised': 'digitisedAt', 'component-reused': 'reusedAt', 'component-taken-from-personal-store': 'fromPersonalStoreAt',
} as const satisfies InstantNames;
const POPULATION_INSTANTS = { 'population-data-used': 'usedAt' } as const satisfies InstantNames;
const RESULT_INSTANTS = {
  'electronic-result-issued': 'issuedAt', 'result-signed': 'signedAt', 'result-archived': 'archivedAt', 'result-linked-to-personal-store': 'linkedAt',
} as const satisfies InstantNames;

/** One row for each thing, with the instant of each of the kinds; null where it is not so. */
function groupsOf(statements: readonly DocumentStatement[], names: InstantNames) {
  const groups = new Map<string, { readonly about: DocumentThing; readonly instants: Record<string, string | null> }>();
  for (const { kind, about, at } of statements) {
    const name = names[kind];
    if (name === undefined) continue;
    const key = JSON.stringify(Object.entries(about).sort(([a], [b]) => compareText(a, b)));
    const group = groups.get(key) ?? { about, instants: Object.fromEntries(Object.values(names).map((each) => [each, null])) };
    group.instants[name] = textOf(at);
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

function factJson({ sequence, kind, occurredAt, recordedAt, timeBasis, backfill, body }: DocumentFact) {
  return { sequence, kind, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt), timeBasis, backfill: backfill ?? false, body };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
