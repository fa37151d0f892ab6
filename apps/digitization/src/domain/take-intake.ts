import { statementsOf, thingOf, type DocumentFact } from '@index766/document-life';
import { compareIntakeRank, takeRecord, type IntakeRecordHead, type Taken } from '@index766/intake';
import type { Instant } from '@index766/kernel';
import type { DocumentsChange, Word } from './documents-state';
import { recordFact, type NewFact } from './record-facts';
import { saidOf, type Said, type StatedPapers, type StatedResults } from './stated-papers';

/** One record of the intake topic. */
export interface IntakeRecord extends IntakeRecordHead {
  readonly papers?: StatedPapers | undefined;
  readonly results?: StatedResults | undefined;
}

/** Takes one record in, as `takeRecord` says. */
export function takeIntake(change: DocumentsChange, record: IntakeRecord): Taken<DocumentsChange> {
  const marked = takeRecord(change, record);
  if (marked.outcome !== 'applied') return marked;
  const pushed = pushedOf(change.state.facts);
  const taken = saidOf(record.papers, record.results).reduce((known, said) => takeSaid(known, said, record, pushed.get(said.thing)), marked.change);
  return { change: taken, outcome: 'applied' };
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
