import { foldDossier, statusAt, type DossierFact, type DossierFactOf } from '@index766/dossier-life';
import { instantOf, latest, type Instant } from '@index766/kernel';
import { higherRank, type DossierState, type DueMove } from './dossier-state';
import type { SnapshotRank } from './snapshot';

/** After every instant that a source can state. */
const END_OF_TIME = instantOf(Date.UTC(9999, 0, 1));

/** Facts that pushes state an instant of: those that a snapshot's rank is made of. */
const RANKED_KINDS: ReadonlySet<DossierFact['kind']> = new Set<DossierFact['kind']>([
  'dossier-registered', 'dossier-received', 'dossier-refused', 'dossier-finished', 'result-returned', 'dossier-withdrawn',
  'dossier-stopped', 'supplement-requested', 'supplement-completed',
]);
const UNRANKED_CORRECTIONS: ReadonlySet<string> = new Set(['unit', 'procedure', 'channel', 'stated-due-at', 'step-deadline', 'step-ended-at']);

/**
 * Adds facts that the topic has and the state lacks, with all of the state that follows from them: so that what comes
 * next is decided as it would have been. Not in the topic, and so not restored: hashes of accepted elements and parts, notes
 * of conflicts, which procedure moved a due instant (ADR 0071 says why each does no harm).
 *
 * @param facts the next ones in the order of their sequence, without a gap
 */
export function withRestoredFacts(state: DossierState, facts: readonly DossierFact[]): DossierState {
  const all = [...state.facts, ...facts];
  const rank = rankIn(all);
  return {
    ...state,
    facts: all,
    rank: rank === undefined ? state.rank : higherRank(state.rank, rank),
    moves: [...state.moves, ...movesIn(all, state.facts.length)],
  };
}

/** Parts that were passed on tell the rank of their snapshot. */
export function withRestoredIntake(state: DossierState, sequence: number, rank: SnapshotRank | undefined): DossierState {
  return { ...state, intakeCount: Math.max(state.intakeCount, sequence), rank: rank === undefined ? state.rank : higherRank(state.rank, rank) };
}

/**
 * At least the rank of every snapshot that these facts came from: the latest instant that one of them stated, and the
 * status that the dossier had in the end. So an older snapshot that is pushed again corrects nothing.
 */
function rankIn(facts: readonly DossierFact[]): SnapshotRank | undefined {
  const stated = facts.flatMap((fact): readonly Instant[] => {
    if (fact.kind === 'dossier-corrected') return UNRANKED_CORRECTIONS.has(fact.body.field) ? [] : [instantOf(Number(fact.body.after))];
    return RANKED_KINDS.has(fact.kind) && fact.timeBasis === 'stated' ? [fact.occurredAt] : [];
  });
  if (stated.length === 0) return undefined;
  return { latestAt: stated.reduce((a, b) => latest(a, b)), status: statusAt(facts, END_OF_TIME) ?? 0 };
}

type DueFact = DossierFactOf<'due-date-set'>;

function movesIn(facts: readonly DossierFact[], from: number): readonly DueMove[] {
  const uncounted = new Set(foldDossier(facts).uncounted.map(({ sequence }) => sequence));
  let before: DueFact | undefined;
  const moves: DueMove[] = [];
  for (const [index, fact] of facts.entries()) {
    if (fact.kind !== 'due-date-set') continue;
    if (index >= from && fact.body.cause === 'calendar-changed') {
      moves.push({
        causedBy: fact.body.calendarVersion, before: before?.body.dueAt ?? null, after: fact.body.dueAt, recordedAt: fact.recordedAt,
        counts: !uncounted.has(fact.sequence),
      });
    }
    before = fact;
  }
  return moves;
}
