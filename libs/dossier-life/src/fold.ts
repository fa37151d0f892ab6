import type { DossierId, Instant } from '@index766/kernel';

import { applyCorrections } from './corrections';
import { dueInForceAt, dueTimeline } from './due-timeline';
import type { DossierFact } from './facts';
import { compareFacts } from './fold-order';
import { statusOf, type Life, type UncountedFact } from './life';
import { passesAt } from './pauses';
import { firstRecordedEnd, isEndKind, movesEndEarlier } from './recorded-ends';
import type { Status } from './status';
import { stepTimeline } from './step-timeline';
import type { DossierView, DueInForce, Wait } from './view';
import { walk } from './walk';

export interface FoldOptions {
  /** Leaves out what was not known: a figure at K sees the facts known by K. All facts if absent. */
  readonly knownBy?: (fact: DossierFact) => boolean;
}

/** Facts as they count, and the marks of those that do not. */
export interface EffectiveFacts {
  readonly facts: readonly DossierFact[];
  readonly uncounted: readonly UncountedFact[];
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

/** The status to which the facts with an instant up to `instant` lead; null: the dossier is not even registered then. */
export function statusAt(facts: readonly DossierFact[], instant: Instant): Status | null {
  return statusOf(walk(effectiveFacts(facts).facts.filter(({ occurredAt }) => occurredAt <= instant)));
}

/**
 * Each fact once, corrections applied, in fold order, without what was recorded too late to count: an end before the one
 * recorded first, a refusal of a dossier that had been recorded as received.
 */
export function effectiveFacts(facts: readonly DossierFact[]): EffectiveFacts {
  const distinct = withoutRepetitions(facts);
  const first = firstRecordedEnd(distinct);
  const uncounted: UncountedFact[] = [];
  const counted = applyCorrections(distinct, first, uncounted).filter((fact) => {
    if (isEndKind(fact.kind) && movesEndEarlier(first, fact.recordedAt, fact.occurredAt)) {
      uncounted.push({ sequence: fact.sequence, reason: 'end-moved-earlier' });
      return false;
    }
    if (fact.kind === 'dossier-refused' && distinct.some((other) => other.kind === 'dossier-received' && other.recordedAt < fact.recordedAt)) {
      uncounted.push({ sequence: fact.sequence, reason: 'impossible-in-status' });
      return false;
    }
    return true;
  });
  return { facts: counted.sort(compareFacts), uncounted };
}

function withoutRepetitions(facts: readonly DossierFact[]): readonly DossierFact[] {
  if (isStrictlyRecorded(facts)) return facts;
  const places = new Set<string>();
  // Sorted first: should one place ever hold two contents, every arrival order keeps the same of them.
  return [...facts].sort(compareFacts).filter(({ topic, sequence }) => {
    const place = `${topic} ${sequence}`;
    return places.has(place) ? false : places.add(place).size > 0;
  });
}

/** True for the usual case, facts of one topic by ascending sequence: nothing is there twice. */
function isStrictlyRecorded(facts: readonly DossierFact[]): boolean {
  for (let index = 1; index < facts.length; index += 1) {
    const before = facts[index - 1];
    const fact = facts[index];
    if (before === undefined || fact === undefined || fact.topic !== before.topic || fact.sequence <= before.sequence) return false;
  }
  return true;
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
