import type { Instant } from '@index766/kernel';

import { holesIn, type TopicHoles } from '../holes';
import { unitsNamedIn, type KnownFact, type LedgerFact } from '../known-fact';
import type { LedgerEntry } from '../ledger-entry';
import type { LedgerSubject } from '../ledger-subject';
import { fromEarlierForm, type EarlierStoredFact } from './earlier-ledger-form';

/** What the collection of a ledger has of one dossier or petition. */
export interface LedgerContent<View> {
  readonly partition: number;
  /** Every unit that holds or held it, or that a fact names: at K another fact may not have been known yet. */
  readonly units: readonly string[];
  /** Absent when nothing is missing, so that an index over it has only what is open. */
  readonly holes?: readonly TopicHoles[];
  readonly facts: readonly KnownFact[];
  /** Derived from the facts. Its instants are numbers, as the measures read them: it is memory that happens to be on disk. */
  readonly view: View;
}

/**
 * Its stored form. Facts and view are JSON texts: they are read and written whole, no query looks into them, and one text
 * is several times cheaper than as many small documents (ADR 0090).
 */
export interface StoredLedger extends Omit<LedgerContent<unknown>, 'facts' | 'view'> {
  /** By topic: `[sequence, kind, occurredAt, recordedAt, knownAt, marks, body]` each, in the order of their sequence. */
  readonly facts: string;
  readonly view: string;
  /** `viewForm` of the subject when it was written. */
  readonly form: number;
}

/** A document as it may be found: one that no fact has reached since an earlier version wrote it has the earlier form. */
export interface FoundLedger extends Omit<StoredLedger, 'facts' | 'view' | 'form'> {
  readonly facts: string | readonly EarlierStoredFact[];
  readonly view: unknown;
  readonly form?: number;
}

/** The part of a document that says the view without the facts, if it was written in today's form. */
export type FoundView = Pick<FoundLedger, 'view' | 'form'>;

type StoredFact = readonly [
  sequence: number, kind: string, occurredAt: Instant, recordedAt: Instant, knownAt: Instant, marks: number, body: object,
];

const INFERRED = 1;
const BACKFILL = 2;

/** Documents of one ledger to and from what the aggregator works with. */
export class LedgerDocuments<View> {
  constructor(private readonly subject: LedgerSubject<View>) {}

  toContent({ facts, view, holes }: LedgerEntry<View>, partition: number): LedgerContent<View> {
    return {
      partition,
      units: [...new Set([...this.subject.unitsOf(view), ...unitsNamedIn(facts)])],
      ...(holes.length > 0 ? { holes } : {}),
      facts,
      view,
    };
  }

  toStored({ facts, view, ...beside }: LedgerContent<View>): StoredLedger {
    const { viewForm: form, toStored } = this.subject;
    return { ...beside, facts: textOfFacts(facts), view: JSON.stringify(toStored(view)), form };
  }

  /** Takes what we stored for what it is, without checking it again: only this service writes the collection. */
  fromStored(id: string, { partition, units, holes, facts, view, form }: FoundLedger): LedgerContent<View> {
    const known = storedFacts({ facts });
    const open = typeof facts === 'string' ? holes ?? [] : holesIn(known);
    const stored = this.findView({ view, ...(form === undefined ? {} : { form }) });
    return {
      partition, units, ...(open.length > 0 ? { holes: open } : {}), facts: known,
      view: stored ?? this.subject.fold(id, known.map(({ fact }) => fact)),
    };
  }

  /** Undefined: it was written in another form, and the facts have to be folded anew. */
  findView({ view, form }: FoundView): View | undefined {
    if (form !== this.subject.viewForm || typeof view !== 'string') return undefined;
    return this.subject.toView(JSON.parse(view) as object);
  }
}

export function reconstituteLedgerEntry<View>(id: string, { facts, view, holes }: LedgerContent<View>): LedgerEntry<View> {
  return { id, facts, view, holes: holes ?? [] };
}

/** The facts of a document, whatever its view. */
export function storedFacts({ facts }: Pick<FoundLedger, 'facts'>): readonly KnownFact[] {
  return typeof facts === 'string' ? factsOf(facts) : facts.map(fromEarlierForm);
}

function factsOf(facts: string): readonly KnownFact[] {
  const byTopic = JSON.parse(facts) as Readonly<Record<string, readonly StoredFact[]>>;
  return Object.entries(byTopic).flatMap(([topic, stored]) => stored.map((fact) => reconstituteFact(topic, fact)));
}

/** What `storedFacts` gives back. */
export function textOfFacts(facts: readonly KnownFact[]): string {
  return JSON.stringify(storedByTopic(facts));
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

function reconstituteFact(topic: string, stored: StoredFact): KnownFact {
  const [sequence, kind, occurredAt, recordedAt, knownAt, marks, body] = stored;
  const fact: LedgerFact = {
    topic, sequence, kind, occurredAt, recordedAt,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
    body,
  };
  return { fact, knownAt };
}
