import { latest, type Instant } from '@index766/kernel';

import { deriveFrom, type DerivedDue, type DueReference } from './due-derivation';
import { dueEvents, type DueEvent } from './due-events';
import { dueTimeline, dueInForceAt } from './due-timeline';
import { effectiveFacts } from './effective-facts';
import type { DossierFact, DossierFactOf, DueCause } from './facts';
import { compareRecorded } from './fold-order';
import type { Life } from './life';
import type { DueInForce } from './view';
import { walk } from './walk';

export type DueFact = DossierFactOf<'due-date-set'>;

/** Where and when a due instant is stated. `recordedAt` is not before that of any known fact. */
export interface StatementContext extends DueReference {
  readonly topic: string;
  readonly recordedAt: Instant;
  readonly backfill?: boolean;
}

/**
 * The `due-date-set` facts that have to be stated after a fact was accepted: after the receipt, the end of a pause, a
 * valid extension, a correction of something that a due instant depends on (lifecycle.md §2, §3).
 *
 * @param facts all facts of the dossier, `accepted` among them as the last recorded one.
 */
export function dueFactsAfter(facts: readonly DossierFact[], accepted: DossierFact, context: StatementContext): readonly DueFact[] {
  if (!bearsOnDue(accepted)) return [];
  const { facts: effective } = effectiveFacts(facts);
  const life = walk(effective);
  const events = dueEvents(effective, life);
  const start = startOf(accepted, effective, life, events);
  if (start === null) return [];
  const before = dueBefore(start, effective, life);
  const derived = deriveFrom(events, before, life, context, start);
  if (accepted.kind !== 'dossier-corrected') return newStatements(derived, facts, context, accepted, null);
  // What stood at `start` may be there no more: then the due instant from before it goes on.
  const goingOn = before === null || derived[0]?.from === start ? [] : [{ ...before, from: start }];
  return newStatements([...goingOn, ...derived], facts, context, accepted, 'corrected');
}

/**
 * The fact that states an open dossier's due instant anew after its procedure or the calendar changed: only a computed
 * one moves, from now on. A dossier that had none gets its first one from its receipt on. Empty: nothing moves.
 */
export function restatedDueFacts(
  facts: readonly DossierFact[], cause: 'procedure-changed' | 'calendar-changed', context: StatementContext,
): readonly DueFact[] {
  const { facts: effective } = effectiveFacts(facts);
  const life = walk(effective);
  if (life.receivedAt === null || life.endedAt !== null || effective.some(({ kind }) => kind === 'dossier-voided')) return [];
  const derived = deriveFrom(dueEvents(effective, life), null, life, context);
  const dues = dueTimeline(effective, life);
  const inForce = dues[dues.length - 1];
  const last = derived[derived.length - 1];
  const origin = facts[facts.length - 1];
  if (last === undefined || origin === undefined) return [];
  if (inForce === undefined) return newStatements(derived, facts, context, origin, cause);
  if (inForce.basis === 'stated' || last.due.dueAt === inForce.dueAt) return [];
  return newStatements([{ ...last, from: latest(context.recordedAt, life.receivedAt) }], facts, context, origin, cause);
}

/**
 * What is not stated yet. A statement holds in place of everything said before it for its instant and later, so once one
 * is new, all that follow it are stated again.
 */
function newStatements(
  derived: readonly DerivedDue[], facts: readonly DossierFact[], context: StatementContext, origin: DossierFact, cause: DueCause | null,
): readonly DueFact[] {
  const statedSoFar = statedTimeline(facts);
  const stated: DueFact[] = [];
  let sequence = facts.reduce((last, fact) => (fact.topic === context.topic ? Math.max(last, fact.sequence) : last), 0);
  let lastStated: Instant | undefined;
  derived.forEach(({ from, due, basis, computed, calendarVersion, ...own }, index) => {
    const until = derived[index + 1]?.from;
    if (lastStated === undefined ? isStated(statedSoFar, from, until, due.dueAt) : lastStated === due.dueAt) return;
    lastStated = due.dueAt;
    sequence += 1;
    stated.push({
      kind: 'due-date-set', dossier: origin.dossier, occurredAt: from, recordedAt: context.recordedAt, topic: context.topic, sequence,
      timeBasis: origin.timeBasis, ...(context.backfill === true ? { backfill: true } : {}),
      body: {
        dueAt: due.dueAt, basis, cause: cause ?? own.cause, calendarVersion,
        ...(basis === 'stated' && computed !== null ? { computedDueAt: computed.dueAt } : {}),
      },
    });
  });
  return stated;
}

/** True if nothing else is stated for any instant in [from, until). */
function isStated(timeline: readonly DueInForce[], from: Instant, until: Instant | undefined, dueAt: Instant): boolean {
  if (dueInForceAt(timeline, from)?.dueAt !== dueAt) return false;
  return timeline.every((due) => due.from <= from || (until !== undefined && due.from >= until) || due.dueAt === dueAt);
}

/** Every statement made, counted or not: what was refused to count is not said a second time. */
function statedTimeline(facts: readonly DossierFact[]): readonly DueInForce[] {
  let timeline: DueInForce[] = [];
  for (const { occurredAt: from, body } of dueFactsOf(facts)) {
    timeline = [...timeline.filter((due) => due.from < from), { from, dueAt: body.dueAt, basis: body.basis, cause: body.cause }];
  }
  return timeline;
}

/** The counted due instant in force just before `start`. */
function dueBefore(start: Instant, effective: readonly DossierFact[], life: Life): DerivedDue | null {
  const due = dueTimeline(effective, { ...life, uncounted: [] }).findLast(({ from }) => from < start);
  if (due === undefined) return null;
  const fact = dueFactsOf(effective).findLast(({ occurredAt, body }) => occurredAt === due.from && body.dueAt === due.dueAt);
  const computedDueAt = due.basis === 'term' ? due.dueAt : fact?.body.computedDueAt;
  return {
    from: due.from, cause: due.cause, basis: due.basis, due: { dueAt: due.dueAt, working: [] },
    computed: computedDueAt === undefined ? null : { dueAt: computedDueAt, working: [] },
    calendarVersion: fact?.body.calendarVersion ?? '',
  };
}

function dueFactsOf(facts: readonly DossierFact[]): DueFact[] {
  return facts.filter((fact): fact is DueFact => fact.kind === 'due-date-set').sort(compareRecorded);
}

function bearsOnDue(fact: DossierFact): boolean {
  switch (fact.kind) {
    case 'dossier-received':
    case 'supplement-completed':
    case 'financial-obligation-fulfilled':
    case 'due-date-extended':
    case 'dossier-corrected':
      return true;
    default:
      return false;
  }
}

/** From which instant on due instants may be other than stated; null: the fact bears on none. */
function startOf(accepted: DossierFact, effective: readonly DossierFact[], life: Life, events: readonly DueEvent[]): Instant | null {
  if (life.receivedAt === null) return null;
  if (accepted.kind !== 'dossier-corrected') return accepted.kind === 'dossier-received' ? life.receivedAt : accepted.occurredAt;
  const { field, part, before, after } = accepted.body;
  switch (field) {
    case 'received-at':
    case 'procedure':
    case 'unit':
      return life.receivedAt;
    case 'stated-due-at':
      return part === undefined ? latest(accepted.occurredAt, life.receivedAt) : resumptionOf(part, life, events);
    case 'supplement-requested-at':
    case 'supplement-completed-at':
      return latest(Math.min(Number(before), Number(after)) as Instant, life.receivedAt);
    default:
      return null;
  }
}

/** Where the clock went on after a supplement; null: it has not. */
function resumptionOf(supplement: string, life: Life, events: readonly DueEvent[]): Instant | null {
  const wait = life.waits.find((each) => each.supplement === supplement);
  const to = wait?.to ?? null;
  if (to === null) return null;
  return events.find(({ kind, at }) => kind === 'resumed' && at >= to)?.at ?? null;
}
