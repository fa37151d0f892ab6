import { compareText, earliest, type Instant } from '@index766/kernel';
import type { DocumentFact, DocumentFactKind, DocumentThing } from './facts';

/** What all facts together say of one thing: a component, a source of population data, a result. */
export interface DocumentStatement {
  readonly kind: DocumentFactKind;
  readonly about: DocumentThing;
  /** From when on it is so; null: pushes said it and took it back. */
  readonly at: Instant | null;
  /** The instant that pushes give it, as far as they stand by it. */
  readonly pushedAt: Instant | null;
  /** The first instant that somebody stated. */
  readonly statedAt: Instant | null;
}

/**
 * One statement for each thing, by kind and thing. Pushes state no instants: of what they say of one thing the fact with
 * the highest sequence was recorded last and counts. What was stated with its instant stands, the earliest of it first.
 */
export function statementsOf(facts: readonly DocumentFact[]): readonly DocumentStatement[] {
  const byThing = new Map<string, DocumentStatement>();
  for (const fact of [...facts].sort((a, b) => a.sequence - b.sequence)) {
    const thing = thingOf(fact.kind, fact.body);
    byThing.set(thing, withFact(byThing.get(thing), fact));
  }
  return [...byThing].sort(([a], [b]) => compareText(a, b)).map(([, statement]) => statement);
}

/** One text for each thing that facts of a kind are about. Codes have no space in them. */
export function thingOf(kind: DocumentFactKind, about: DocumentThing): string {
  return [kind, ...NAMING.map((field) => about[field] ?? '')].join(' ');
}

const NAMING = ['component', 'attachment', 'by', 'database', 'result'] as const satisfies readonly (keyof DocumentThing)[];

function withFact(known: DocumentStatement | undefined, { kind, body, timeBasis, occurredAt }: DocumentFact): DocumentStatement {
  const { retracted, ...about } = { retracted: undefined, ...body };
  const before = known ?? { kind, about, at: null, pushedAt: null, statedAt: null };
  const pushedAt = timeBasis === 'stated' ? before.pushedAt : retracted === true ? null : occurredAt;
  const statedAt = timeBasis === 'stated' && retracted !== true ? firstOf(before.statedAt, occurredAt) : before.statedAt;
  return { ...before, pushedAt, statedAt, at: firstOf(pushedAt, statedAt) };
}

/** Null comes after every instant. */
export function firstOf(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return earliest(a, b);
}
