import type { DossierId, Instant } from '@index766/kernel';

import { dueInForceAt, dueTimeline } from './due-timeline';
import { effectiveFacts } from './effective-facts';
import type { DossierFact } from './facts';
import { statusOf, type Life, type UncountedFact } from './life';
import { passesAt } from './pauses';
import type { Status } from './status';
import { stepTimeline } from './step-timeline';
import type { DossierView, DueInForce, Wait } from './view';
import { walk } from './walk';

export interface FoldOptions {
  /** Leaves out what was not known: a figure at K sees the facts known by K. All facts if absent. */
  readonly knownBy?: (fact: DossierFact) => boolean;
}

const NO_WAITS: readonly Wait[] = [];
const NONE_UNCOUNTED: readonly UncountedFact[] = [];

/**
 * What a set of facts of one dossier says (lifecycle.md §1–§4): the same for every order, repetition and grouping of
 * the same facts. Total: a fact that another one makes impossible is marked in `uncounted`, never thrown.
 *
 * @param facts at least one, all of one dossier; throws RangeError on none, for there is no dossier then.
 */
export function foldDossier(facts: readonly DossierFact[], { knownBy }: FoldOptions = {}): DossierView {
  const dossier = facts[0]?.dossier;
  if (dossier === undefined) throw new RangeError('a dossier has at least one fact');
  const known = knownBy === undefined ? facts : facts.filter(knownBy);
  const { facts: effective, uncounted } = effectiveFacts(known);
  const life = walk(effective);
  life.uncounted.push(...uncounted);
  const dues = dueTimeline(effective, life);
  const voided = isVoided(effective, life, dues);
  return viewOf(dossier, life, dues, voided);
}

/** What is known of a dossier of which no fact is known (yet): other services may speak of it first. It counts nowhere. */
export function unknownDossier(dossier: DossierId): DossierView {
  return viewOf(dossier, walk([]), [], false);
}

/** The status to which the facts with an instant up to `instant` lead; null: the dossier is not even registered then. */
export function statusAt(facts: readonly DossierFact[], instant: Instant): Status | null {
  return statusOf(walk(effectiveFacts(facts).facts.filter(({ occurredAt }) => occurredAt <= instant)));
}

/** A void recorded before the due instant takes the dossier out; after it, it only flags (lifecycle.md §4). */
function isVoided(facts: readonly DossierFact[], life: Life, dues: readonly DueInForce[]): boolean {
  let voided = false;
  for (const fact of facts) {
    if (fact.kind !== 'dossier-voided') continue;
    const due = life.receivedAt === null ? undefined : dueInForceAt(dues, fact.recordedAt);
    const passing = due === undefined ? null : passesAt(due.dueAt, life.waits);
    if (passing === null || fact.recordedAt < passing) voided = true;
    else life.uncounted.push({ sequence: fact.sequence, reason: 'voided-after-due' });
  }
  return voided;
}

function viewOf(dossier: DossierId, life: Life, dues: readonly DueInForce[], voided: boolean): DossierView {
  return {
    dossier,
    procedure: life.procedure,
    channel: life.channel,
    pushed: life.pushed,
    registeredAt: life.registeredAt,
    receivedAt: life.receivedAt,
    refusedAt: life.refusedAt,
    holders: life.holders,
    endedAt: life.endedAt,
    endStatus: life.endStatus,
    returnedAt: life.returnedAt,
    reopenedAt: life.reopenedAt,
    dues,
    waits: life.waits.length === 0 ? NO_WAITS : life.waits,
    secondSupplementAt: life.secondSupplementAt,
    apologyAt: life.apologyAt,
    voided,
    steps: stepTimeline(life.steps, life.endedAt),
    uncounted: life.uncounted.length === 0 ? NONE_UNCOUNTED : life.uncounted.sort((a, b) => a.sequence - b.sequence || (a.reason < b.reason ? -1 : 1)),
  };
}
