import { earliest, type DossierId, type Instant } from '@index766/kernel';

import { dueInForceAt, dueTimeline } from './due-timeline';
import { effectiveFacts } from './effective-facts';
import type { DossierFact } from './facts';
import { factFlags } from './fact-flags';
import { NONE_ACCEPTED, statusOf, type AcceptedFacts, type Life, type UncountedFact } from './life';
import { markNotFollowed } from './not-followed';
import { passesAt } from './pauses';
import { firstRecordedEnd } from './recorded-ends';
import type { Status } from './status';
import { stepTimeline } from './step-timeline';
import type { DossierView, DueInForce, Wait } from './view';
import { walk } from './walk';

export interface FoldOptions {
  /** Leaves out what was not known: a figure at K sees the facts known by K. All facts if absent. */
  readonly knownBy?: (fact: DossierFact) => boolean;
  /** What reviewers said last of flagged facts, by sequence: an accepted one counts (lifecycle.md §6). */
  readonly reviews?: ReadonlyMap<number, 'accepted' | 'declined'>;
}

const NO_REVIEWS: ReadonlyMap<number, 'accepted' | 'declined'> = new Map();

const NO_WAITS: readonly Wait[] = [];
const NONE_UNCOUNTED: DossierView['uncounted'] = [];
const NO_FLAGS: DossierView['flags'] = [];

/**
 * What a set of facts of one dossier says (lifecycle.md §1–§4): the same for every order, repetition and grouping of
 * the same facts. Total: a fact that another one makes impossible is marked in `uncounted`, never thrown.
 *
 * @param facts at least one, all of one dossier; throws RangeError on none, for there is no dossier then.
 */
export function foldDossier(facts: readonly DossierFact[], { knownBy, reviews = NO_REVIEWS }: FoldOptions = {}): DossierView {
  const dossier = facts[0]?.dossier;
  if (dossier === undefined) throw new RangeError('a dossier has at least one fact');
  const known = knownBy === undefined ? facts : facts.filter(knownBy);
  const accepted = acceptedIn(reviews);
  const { facts: effective, uncounted } = effectiveFacts(known, accepted);
  const life = walk(effective);
  life.uncounted.push(...uncounted);
  const dues = dueTimeline(effective, life, accepted);
  const voided = isVoided(effective, life, dues, accepted);
  markNotFollowed(effective, firstRecordedEnd(known), life, accepted);
  return { ...viewOf(dossier, life, dues, voided), ...recordingsOf(known), flags: factFlags(known, life.uncounted, reviews) };
}

function acceptedIn(reviews: ReadonlyMap<number, 'accepted' | 'declined'>): AcceptedFacts {
  if (reviews.size === 0) return NONE_ACCEPTED;
  return new Set([...reviews].flatMap(([sequence, review]) => (review === 'accepted' ? [sequence] : [])));
}

function recordingsOf(facts: readonly DossierFact[]): Pick<DossierView, 'recordedFrom' | 'voidRecordedAt'> {
  let recordedFrom: Instant | null = null;
  let voidRecordedAt: Instant | null = null;
  for (const { kind, recordedAt } of facts) {
    recordedFrom = recordedFrom === null ? recordedAt : earliest(recordedFrom, recordedAt);
    if (kind === 'dossier-voided') voidRecordedAt = voidRecordedAt === null ? recordedAt : earliest(voidRecordedAt, recordedAt);
  }
  return { recordedFrom, voidRecordedAt };
}

/** What is known of a dossier of which no fact is known (yet): other services may speak of it first. It counts nowhere. */
export function unknownDossier(dossier: DossierId): DossierView {
  return viewOf(dossier, walk([]), [], false);
}

/** The status to which the facts with an instant up to `instant` lead; null: the dossier is not even registered then. */
export function statusAt(facts: readonly DossierFact[], instant: Instant): Status | null {
  return statusOf(walk(effectiveFacts(facts).facts.filter(({ occurredAt }) => occurredAt <= instant)));
}

/** A void recorded before the due instant takes the dossier out; after it, it only flags until it is accepted (lifecycle.md §4). */
function isVoided(facts: readonly DossierFact[], life: Life, dues: readonly DueInForce[], acceptedFacts: AcceptedFacts): boolean {
  let voided = false;
  for (const fact of facts) {
    if (fact.kind !== 'dossier-voided') continue;
    const due = life.receivedAt === null ? undefined : dueInForceAt(dues, fact.recordedAt);
    const passing = due === undefined ? null : passesAt(due.dueAt, life.waits);
    if (passing === null || fact.recordedAt < passing) {
      voided = true;
      continue;
    }
    const accepted = acceptedFacts.has(fact.sequence);
    life.uncounted.push({ sequence: fact.sequence, reason: 'voided-after-due', accepted });
    voided ||= accepted;
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
    voidRecordedAt: null,
    recordedFrom: null,
    steps: stepTimeline(life.steps, life.endedAt),
    uncounted: uncountedOf(life.uncounted),
    flags: NO_FLAGS,
  };
}

function uncountedOf(facts: readonly UncountedFact[]): DossierView['uncounted'] {
  if (facts.length === 0) return NONE_UNCOUNTED;
  return facts.filter(({ accepted }) => accepted !== true)
    .map(({ sequence, reason }) => ({ sequence, reason }))
    .sort((a, b) => a.sequence - b.sequence || (a.reason < b.reason ? -1 : 1));
}
