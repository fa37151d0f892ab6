import { STATUS_NAMES, compareFacts, type DeadlineExplanation, type DossierFact, type DossierView, type UncountedReason } from '@index766/dossier-life';
import { formatInstant, formatLocalDay, instantOf, type Instant } from '@index766/kernel';
import type { Working } from '@index766/working-time';
import type { Conflict } from '../domain/findings';
import type { DueMove } from '../domain/dossier-state';
import { wireBodyOf } from '../publishing/dossier-fact.record';
import type { DossierDetails } from '../queries/show-dossier';

/** A dossier as GET shows it: where it stands, its timeline, every fact, and how its due date came about. */
export function dossierJson({ state, view, status, facts, deadline }: DossierDetails) {
  return {
    dossier: state.dossier,
    status: status === null ? null : { code: status, ...STATUS_NAMES[status] },
    procedure: view.procedure,
    channel: view.channel,
    pushed: view.pushed,
    timeline: timelineJson(view),
    deadline: deadline === null ? null : deadlineJson(deadline),
    facts: factsJson(facts, view),
    conflicts: state.conflicts.map(conflictJson),
    dueDateChanges: state.moves.map(moveJson),
  };
}

export function moveJson({ causedBy, before, after, recordedAt, counts }: DueMove) {
  return { causedBy, before: textOf(before), after: formatInstant(after), recordedAt: formatInstant(recordedAt), counts };
}

function timelineJson(view: DossierView) {
  return {
    registeredAt: textOf(view.registeredAt),
    receivedAt: textOf(view.receivedAt),
    refusedAt: textOf(view.refusedAt),
    endedAt: textOf(view.endedAt),
    returnedAt: textOf(view.returnedAt),
    reopenedAt: textOf(view.reopenedAt),
    voided: view.voided,
    secondSupplementAt: textOf(view.secondSupplementAt),
    apologyAt: textOf(view.apologyAt),
    holders: view.holders.map(({ unit, from }) => ({ unit, from: formatInstant(from) })),
    waits: view.waits.map(({ kind, supplement, from, to }) => ({ kind, supplement, from: formatInstant(from), to: textOf(to) })),
    steps: view.steps.map(({ from, to, deadline, ...step }) => ({ ...step, from: formatInstant(from), to: textOf(to), deadline: textOf(deadline) })),
    dues: view.dues.map(({ from, dueAt, basis, cause }) => ({ from: formatInstant(from), dueAt: formatInstant(dueAt), basis, cause })),
  };
}

function deadlineJson({ dueAt, basis, term, statements, computed, statedWorking }: DeadlineExplanation) {
  return {
    dueAt: textOf(dueAt),
    basis,
    term,
    computed: computed === null ? null : {
      dueAt: formatInstant(computed.dueAt), calendarVersion: computed.calendarVersion, working: computed.working.map(workingJson),
    },
    statedWorking: statedWorking.map(workingJson),
    statements: statements.map(({ from, dueAt: due, computedDueAt, recordedAt, ...statement }) => ({
      from: formatInstant(from), dueAt: formatInstant(due), computedDueAt: textOf(computedDueAt), recordedAt: formatInstant(recordedAt), ...statement,
    })),
  };
}

function workingJson(working: Working) {
  switch (working.kind) {
    case 'day-zero':
      return { kind: working.kind, day: formatLocalDay(working.day), startsAt: formatInstant(working.startsAt), arrival: working.arrival };
    case 'skipped':
      return { kind: working.kind, day: formatLocalDay(working.day), reason: working.standing };
    case 'last-day':
      return { kind: working.kind, day: formatLocalDay(working.day), dueAt: formatInstant(working.dueAt) };
    case 'pause':
      return {
        kind: working.kind, from: formatInstant(working.from), to: formatInstant(working.to), movedBy: working.movedBy,
        dueBefore: formatInstant(working.dueBefore), dueAfter: formatInstant(working.dueAfter),
      };
    case 'beyond-calendar':
      return { kind: working.kind, day: formatLocalDay(working.day) };
  }
}

/** In the order of life; `uncounted` says why one does not count. */
function factsJson(facts: readonly DossierFact[], { uncounted }: DossierView) {
  const reasons = new Map<number, UncountedReason>(uncounted.map(({ sequence, reason }) => [sequence, reason]));
  return [...facts].sort(compareFacts).map((fact) => ({
    sequence: fact.sequence,
    kind: fact.kind,
    occurredAt: formatInstant(fact.occurredAt),
    recordedAt: formatInstant(fact.recordedAt),
    timeBasis: fact.timeBasis,
    backfill: fact.backfill ?? false,
    body: wireBodyOf(fact),
    uncounted: reasons.get(fact.sequence) ?? null,
  }));
}

function conflictJson({ source, field, part, value }: Conflict) {
  return { source, field, part: part ?? null, value: typeof value === 'number' ? formatInstant(instantOf(value)) : value };
}

function textOf(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
