import type { DossierFact, DossierView } from '@index766/dossier-life';
import type { DossierId, Instant } from '@index766/kernel';

import { holesIn, type TopicHoles } from '../holes';
import type { KnownFact } from '../known-fact';
import type { LedgerEntry } from '../ledger-entry';
import { fromEarlierForm, type EarlierStoredFact } from './earlier-ledger-form';

/** What the collection `ledger` has of one dossier. */
export interface LedgerContent {
  readonly partition: number;
  /** Every unit that holds or held the dossier. */
  readonly units: readonly string[];
  /** Absent when nothing is missing, so that an index over it has only what is open. */
  readonly holes?: readonly TopicHoles[];
  readonly facts: readonly KnownFact[];
  /** Derived from the facts. Its instants are numbers, as the measures read them: it is memory that happens to be on disk. */
  readonly view: DossierView;
}

/**
 * Its stored form. Facts and view are JSON texts: they are read and written whole, no query looks into them, and one text
 * is several times cheaper than as many small documents (ADR 0090).
 */
export interface StoredLedger extends Omit<LedgerContent, 'facts' | 'view'> {
  /** By topic: `[sequence, kind, occurredAt, recordedAt, knownAt, marks, body]` each, in the order of their sequence. */
  readonly facts: string;
  readonly view: string;
}

/** A document as it may be found: one that no fact has reached since an earlier version wrote it has the earlier form. */
export interface FoundLedger extends Omit<LedgerContent, 'facts' | 'view'> {
  readonly facts: string | readonly EarlierStoredFact[];
  readonly view: string | DossierView;
}

type StoredFact = readonly [
  sequence: number, kind: string, occurredAt: Instant, recordedAt: Instant, knownAt: Instant, marks: number, body: DossierFact['body'],
];

const INFERRED = 1;
const BACKFILL = 2;

export function toLedgerContent({ facts, view, holes }: LedgerEntry, partition: number): LedgerContent {
  return {
    partition,
    units: [...new Set(view.holders.map(({ unit }) => unit))],
    ...(holes.length > 0 ? { holes } : {}),
    facts,
    view,
  };
}

export function reconstituteLedgerEntry(id: string, { facts, view, holes }: LedgerContent): LedgerEntry {
  return { dossier: id as DossierId, facts, view, holes: holes ?? [] };
}

export function toStoredLedger({ facts, view, ...beside }: LedgerContent): StoredLedger {
  return { ...beside, facts: JSON.stringify(storedByTopic(facts)), view: JSON.stringify(view) };
}

/** Takes what we stored for what it is, without checking it again: only this service writes the collection. */
export function fromStoredLedger(id: string, { facts, view, holes, ...beside }: FoundLedger): LedgerContent {
  const dossier = id as DossierId;
  const isText = typeof facts === 'string';
  const known = isText ? factsOf(dossier, facts) : facts.map((fact) => fromEarlierForm(dossier, fact));
  const open = isText ? holes ?? [] : holesIn(known);
  return { ...beside, ...(open.length > 0 ? { holes: open } : {}), facts: known, view: fromStoredView(view) };
}

/** As `fromStoredLedger`, of the view alone. */
export function fromStoredView(view: FoundLedger['view']): DossierView {
  return typeof view === 'string' ? JSON.parse(view) as DossierView : view;
}

function factsOf(dossier: DossierId, facts: string): readonly KnownFact[] {
  const byTopic = JSON.parse(facts) as Readonly<Record<string, readonly StoredFact[]>>;
  return Object.entries(byTopic).flatMap(([topic, stored]) => stored.map((fact) => reconstituteFact(dossier, topic, fact)));
}

function storedByTopic(facts: readonly KnownFact[]): Readonly<Record<string, readonly StoredFact[]>> {
  const byTopic: Record<string, StoredFact[]> = {};
  for (const { fact, knownAt } of facts) {
    const { sequence, kind, occurredAt, recordedAt, timeBasis, backfill, body } = fact;
    const marks = (timeBasis === 'inferred' ? INFERRED : 0) | (backfill === true ? BACKFILL : 0);
    (byTopic[fact.topic] ??= []).push([sequence, kind, occurredAt, recordedAt, knownAt, marks, body]);
  }
  return byTopic;
}

function reconstituteFact(dossier: DossierId, topic: string, stored: StoredFact): KnownFact {
  const [sequence, kind, occurredAt, recordedAt, knownAt, marks, body] = stored;
  const fact = {
    dossier, kind, occurredAt, recordedAt, topic, sequence,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
    body,
  };
  return { fact: fact as DossierFact, knownAt };
}
