import { latest, ok, refused, type Instant, type Result } from '@index766/kernel';

/** A state and what is new in it: the new facts leave with the write of the state. */
export interface Change<State, Fact> {
  readonly state: State;
  readonly facts: readonly Fact[];
}

/** The most facts that a dossier or a petition may have: whoever corrects without end is stopped here. */
export const MAX_FACTS = 1_000;

interface Numbered {
  readonly sequence: number;
  readonly recordedAt: Instant;
}

/**
 * Numbers new facts behind the known ones and takes them down: never before what was taken down last (architecture.md §2).
 * Refuses with FEEDBACK.TOO_MANY_FACTS.
 */
export function numbered<New extends { readonly occurredAt: Instant }>(
  known: readonly Numbered[], added: readonly New[], recordedAt: Instant,
): Result<readonly (New & Numbered & { readonly timeBasis: 'stated' })[]> {
  if (known.length + added.length > MAX_FACTS) return refused('FEEDBACK.TOO_MANY_FACTS', `at most ${MAX_FACTS} facts are taken down of one thing`);
  const last = known.at(-1);
  const at = last === undefined ? recordedAt : latest(recordedAt, last.recordedAt);
  return ok(added.map((fact, index) => ({ ...fact, recordedAt: at, sequence: known.length + index + 1, timeBasis: 'stated' })));
}

/** Whether the same was taken down before: what comes again says nothing new. */
export function isRecorded<Fact extends { readonly kind: string; readonly occurredAt: Instant; readonly body: object }>(
  facts: readonly Fact[], { kind, occurredAt, body }: Pick<Fact, 'kind' | 'occurredAt' | 'body'>,
): boolean {
  const content = contentOf({ kind, occurredAt, body });
  return facts.some((each) => contentOf(each) === content);
}

function contentOf({ kind, occurredAt, body }: { readonly kind: string; readonly occurredAt: Instant; readonly body: object }): string {
  return JSON.stringify([kind, occurredAt, Object.entries(body).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
