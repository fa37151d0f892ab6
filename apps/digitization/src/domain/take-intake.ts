import { statementsOf, thingOf, type DocumentFact } from '@index766/document-life';
import type { Instant } from '@index766/kernel';
import { compareIntakeRank, type DocumentsChange, type IntakeRank, type Word } from './documents-state';
import { recordFact, type NewFact } from './record-facts';
import { saidOf, type Said, type StatedPapers, type StatedResults } from './stated-papers';

/** One record of the intake topic. */
export interface IntakeRecord {
  readonly sequence: number;
  /** Equal records have equal fingerprints. */
  readonly fingerprint: string;
  readonly rank: IntakeRank;
  readonly recordedAt: Instant;
  readonly backfill: boolean;
  readonly papers?: StatedPapers | undefined;
  readonly results?: StatedResults | undefined;
}

/**
 * Takes one record in. The records of a dossier are a set: one above a gap counts at once, one that is known is a
 * duplicate, another content under its sequence a conflict, of which nothing is taken.
 */
export function takeIntake(change: DocumentsChange, record: IntakeRecord): { readonly change: DocumentsChange; readonly outcome: 'applied' | 'duplicate' | 'conflict' } {
  const known = change.state.intake[record.sequence];
  if (known !== undefined) return { change, outcome: known === record.fingerprint ? 'duplicate' : 'conflict' };
  const marked: DocumentsChange = {
    ...change, state: { ...change.state, intake: { ...change.state.intake, [record.sequence]: record.fingerprint } },
  };
  const pushed = pushedOf(change.state.facts);
  return { change: saidOf(record.papers, record.results).reduce((taken, said) => takeSaid(taken, said, record, pushed.get(said.thing)), marked), outcome: 'applied' };
}

/** What facts of pushes say of one thing. */
interface Pushed {
  readonly facts: number;
  readonly at: Instant | null;
}

const NEVER_PUSHED: Pushed = { facts: 0, at: null };

function pushedOf(facts: readonly DocumentFact[]): ReadonlyMap<string, Pushed> {
  const counts = new Map<string, number>();
  for (const { kind, body, timeBasis } of facts) {
    const thing = thingOf(kind, body);
    if (timeBasis === 'inferred') counts.set(thing, (counts.get(thing) ?? 0) + 1);
  }
  return new Map(statementsOf(facts).map(({ kind, about, pushedAt }) => {
    const thing = thingOf(kind, about);
    return [thing, { facts: counts.get(thing) ?? 0, at: pushedAt }];
  }));
}

/**
 * The word of the highest rank counts; a lower one only adds where none was said. Facts follow from the words alone, in
 * the order in which they come: read again from the beginning after a restore the same words lead to the same facts, and
 * those that the topic already had are recognised by their number.
 */
function takeSaid(change: DocumentsChange, said: Said, record: IntakeRecord, pushed: Pushed = NEVER_PUSHED): DocumentsChange {
  const word = change.state.words[said.thing];
  if (word !== undefined && compareIntakeRank(record.rank, word.rank) < 0) return change;
  const at = said.isSo ? said.at : null;
  const told = (word?.told ?? 0) + ((word?.at ?? null) === at ? 0 : 1);
  if (told < pushed.facts || pushed.at === at) return withWord(change, said.thing, { at, rank: record.rank, told: Math.min(told, pushed.facts) });

  const recorded = recordFact(change, factOf(said, record.backfill), record.recordedAt);
  // A dossier that is full of facts takes no more of them; what pushes say stays known.
  return withWord(recorded.ok ? recorded.value : change, said.thing, { at, rank: record.rank, told: pushed.facts + (recorded.ok ? 1 : 0) });
}

function factOf({ kind, body, isSo, at }: Said, backfill: boolean): NewFact {
  return {
    kind, occurredAt: at, body: isSo ? body : { ...body, retracted: true }, timeBasis: 'inferred', ...(backfill ? { backfill } : {}),
  } as NewFact;
}

function withWord(change: DocumentsChange, thing: string, word: Word): DocumentsChange {
  return { ...change, state: { ...change.state, words: { ...change.state.words, [thing]: word } } };
}
