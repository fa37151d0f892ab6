import type { RawRecord } from '@index766/testing-integration';
import { FACT_TOPICS, KNOWLEDGE_TOPICS, TOLD_TOPICS, type ServiceName } from '../test/services';
import { keysWithGaps, statementOf } from '../test/topic-contents';
import type { SystemState } from './system-state';

/** The first thing by which a run with faults differs from one without. */
export interface Difference {
  readonly check: CheckName;
  readonly detail: string;
  /** The dossier it is about, if it is about one. */
  readonly dossier?: string;
}

/** What is looked at when everything is quiet again. */
export const CHECKS = [
  'facts in topics', 'order in topics', 'knowledge in topics', 'documents of services', 'ledger', 'figures',
] as const;
/** And what may go wrong before. */
export type CheckName = (typeof CHECKS)[number] | 'load' | 'healing' | 'quiet';

/**
 * Compares a system that went through faults with one that did not; `isPushed` tells the dossiers that came over HTTP (the
 * service dossiers need not know the others). One difference of each check at most: the first one.
 */
export function compareStates(expected: SystemState, actual: SystemState, isPushed: (dossier: string) => boolean): readonly Difference[] {
  const recordsOf = (state: SystemState, { name }: { readonly name: string }) => state.records.get(name) ?? [];
  // The service that takes pushes need not know the others.
  const of = (state: SystemState, service: ServiceName, collection: string) =>
    new Map([...state.documents.get(service)?.get(collection) ?? []].filter(([dossier]) => service !== 'dossiers' || isPushed(dossier)));
  const factTopics = [...FACT_TOPICS, ...TOLD_TOPICS];
  const found: readonly (Difference | undefined)[] = [
    first(factTopics.map((topic) => compareFacts(topic.name, recordsOf(expected, topic), recordsOf(actual, topic)))),
    first(factTopics.map((topic) => checkOrder(topic.name, recordsOf(actual, topic)))),
    first(KNOWLEDGE_TOPICS.map((topic) => compareKnowledge(topic.name, recordsOf(expected, topic), recordsOf(actual, topic)))),
    first([...expected.documents].flatMap(([service, kept]) => [...kept.keys()].map((collection) =>
      compareTexts('documents of services', of(expected, service, collection), of(actual, service, collection), `${service}: `)))),
    compareTexts('ledger', expected.ledger, actual.ledger),
    compareTexts('figures', expected.figures, actual.figures),
  ];
  return found.filter((difference) => difference !== undefined);
}

/** Each fact there, by its id once, its copies all the same. */
function compareFacts(topic: string, expected: readonly RawRecord[], actual: readonly RawRecord[]): Difference | undefined {
  const check = 'facts in topics';
  const [statements, wanted] = [new Map<string, RawRecord>(), new Map(expected.map((record) => [idOf(record), record]))];
  for (const record of actual) {
    const copy = statements.get(idOf(record));
    if (copy !== undefined && statementOf(copy) !== statementOf(record)) {
      return { check, detail: `${topic}: two records of ${idOf(record)} say different things: ${apart(statementOf(copy), statementOf(record))}`, dossier: record.key };
    }
    statements.set(idOf(record), record);
  }
  for (const [id, record] of wanted) {
    const there = statements.get(id);
    if (there === undefined) return { check, detail: `${topic}: ${id} is missing`, dossier: record.key };
    if (statementOf(there) !== statementOf(record)) return { check, detail: `${topic}: ${id}: ${apart(statementOf(record), statementOf(there))}`, dossier: record.key };
  }
  const more = [...statements.values()].find((record) => !wanted.has(idOf(record)));
  return more === undefined ? undefined : { check, detail: `${topic}: ${idOf(more)} is there and was never recorded without faults`, dossier: more.key };
}

/** No sequence is left out, and none comes for the first time after a higher one. */
function checkOrder(topic: string, actual: readonly RawRecord[]): Difference | undefined {
  const [gap] = keysWithGaps(actual);
  if (gap !== undefined) return { check: 'order in topics', detail: `${topic}: the sequence of ${gap} has a gap`, dossier: gap };
  const highest = new Map<string, number>();
  const seen = new Set<string>();
  for (const record of inTopicOrder(actual)) {
    if (seen.has(idOf(record))) continue;
    seen.add(idOf(record));
    const [sequence, before] = [Number(record.headers['ce_sequence']), highest.get(record.key) ?? 0];
    if (sequence < before) return { check: 'order in topics', detail: `${topic}: ${idOf(record)} comes for the first time after ${before}`, dossier: record.key };
    highest.set(record.key, sequence);
  }
  return undefined;
}

function inTopicOrder(records: readonly RawRecord[]): readonly RawRecord[] {
  return [...records].sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}

/** What is said of each key, whenever it was recorded and however often it was sent. */
function compareKnowledge(topic: string, expected: readonly RawRecord[], actual: readonly RawRecord[]): Difference | undefined {
  const [gap] = keysWithGaps(actual);
  if (gap !== undefined) return { check: 'knowledge in topics', detail: `${topic}: the sequence of ${gap} has a gap` };
  return compareTexts('knowledge in topics', saidOf(expected), saidOf(actual), `${topic}: `);
}

function saidOf(records: readonly RawRecord[]): ReadonlyMap<string, string> {
  return new Map(records.map((record) => [idOf(record), withoutKnownSince(record.value?.toString('utf8') ?? 'null')]));
}

/** A record of an officer says since when it is known: when it was recorded, once more. */
function withoutKnownSince(text: string): string {
  return JSON.stringify(JSON.parse(text), (field, value: unknown) => (field === 'knownSince' ? undefined : value));
}

/** The first text that differs, is missing or is too many. */
export function compareTexts(check: CheckName, expected: ReadonlyMap<string, string>, actual: ReadonlyMap<string, string>, where = ''): Difference | undefined {
  for (const [about, text] of expected) {
    const there = actual.get(about);
    if (there === undefined) return { check, detail: `${where}${about} is missing`, dossier: about };
    if (there !== text) return { check, detail: `${where}${about}: ${apart(text, there)}`, dossier: about };
  }
  const more = [...actual.keys()].find((about) => !expected.has(about));
  return more === undefined ? undefined : { check, detail: `${where}${more} is there and is not without faults`, dossier: more };
}

const AROUND = 60;

/** Where two texts begin to differ, with a little of what is before and after. */
export function apart(expected: string, actual: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === actual[at]) at += 1;
  const part = (text: string) => text.slice(Math.max(0, at - AROUND), at + AROUND);
  return `«${part(expected)}» became «${part(actual)}»`;
}

function first<T>(items: readonly (T | undefined)[]): T | undefined {
  return items.find((item) => item !== undefined);
}

function idOf({ headers }: RawRecord): string {
  return headers['ce_id'] ?? '';
}
