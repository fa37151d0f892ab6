import { endOfDay, localDayOf, type Instant, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { dueOf, moveForPause, type Due, type Term, type WorkingCalendar } from '@index766/working-time';

import type { DueBasis, DueCause } from './facts';
import type { DueEvent } from './due-events';
import { holderBefore } from './holder';
import type { ExtensionFact, Life } from './life';

/** Reference records that a due instant depends on, as they are known where it is decided. */
export interface DueReference {
  /** The procedure's term where the unit carries it out; null: none is known. */
  readonly termOf: (procedure: ProcedureCode, unit: UnitCode) => Term | null;
  readonly calendarOf: (unit: UnitCode) => WorkingCalendar;
}

/** A due instant as an event leaves it, with the one that the term gives beside it. */
export interface DerivedDue {
  readonly from: Instant;
  readonly cause: DueCause;
  readonly basis: DueBasis;
  readonly due: Due;
  readonly computed: Due | null;
  readonly calendarVersion: string;
}

/** Working days after the old due instant within which an extension has to be recorded (lifecycle.md §3). */
const EXTENSION_RECORDED_WITHIN_DAYS = 2;

/**
 * Each due instant that events lead to, in their order; events that change nothing leave none.
 *
 * @param events all of the dossier's, in order.
 * @param before in force before `start`, null from the receipt on.
 */
export function deriveFrom(
  events: readonly DueEvent[], before: DerivedDue | null, life: Life, reference: DueReference, start?: Instant,
): readonly DerivedDue[] {
  const derived: DerivedDue[] = [];
  let inForce = before;
  events.forEach((event, index) => {
    if (start !== undefined && event.at < start) return;
    const next = dueAfter(event, inForce, events.slice(0, index), life, reference);
    if (next === null) return;
    derived.push(next);
    inForce = next;
  });
  return derived;
}

/**
 * The due instant after an event, given the one in force before it; null: the event leaves things as they are (the
 * extension is invalid, or there is nothing to derive from).
 */
function dueAfter(
  event: DueEvent, before: DerivedDue | null, earlier: readonly DueEvent[], life: Life, reference: DueReference,
): DerivedDue | null {
  const unit = holderBefore(life, (event.at + 1) as Instant);
  if (unit === null || life.procedure === null) return null;
  const calendar = reference.calendarOf(unit);
  const term = reference.termOf(life.procedure, unit);
  const calendarVersion = calendar.reference;
  switch (event.kind) {
    case 'received': {
      const computed = term === null ? null : dueOf(term, event.at, calendar);
      const due = event.stated === undefined ? computed : stated(event.stated);
      if (due === null) return null;
      const basis = event.stated === undefined ? 'term' : 'stated';
      return { from: event.at, cause: 'received', basis, due, computed, calendarVersion };
    }
    case 'resumed': {
      const move = (due: Due): Due => {
        // What of the pause lay before the due instant took force is in it already; one that had passed stays passed.
        const from = before !== null && before.from > event.stoppedAt ? before.from : event.stoppedAt;
        return due.dueAt < from ? due : moveForPause(due, { from, to: event.at }, calendar, term?.kind);
      };
      const computed = before === null || before.computed === null ? null : move(before.computed);
      if (event.stated !== undefined) {
        return { from: event.at, cause: event.cause, basis: 'stated', due: stated(event.stated), computed, calendarVersion };
      }
      if (before === null) return null;
      return { from: event.at, cause: event.cause, basis: before.basis, due: move(before.due), computed, calendarVersion };
    }
    case 'extended':
      if (before === null || !isValidExtension(event.extension, before.due.dueAt, calendar)) return null;
      return {
        from: event.at, cause: 'extended', basis: 'stated', due: stated(event.extension.body.newDueAt),
        computed: before.computed, calendarVersion,
      };
    case 'recounted': {
      if (before === null || before.basis === 'stated') return null;
      const recounted = deriveFrom(earlier, null, life, reference).at(-1);
      return recounted === undefined ? null : { ...recounted, from: event.at, cause: event.cause };
    }
    case 'restated':
      return {
        from: event.at, cause: 'corrected', basis: 'stated', due: stated(event.stated), computed: before?.computed ?? null,
        calendarVersion,
      };
  }
}

/** In time, with a reason and an apology note, and recorded within two working days of the old due instant. */
export function isValidExtension({ occurredAt, recordedAt, body }: ExtensionFact, oldDueAt: Instant, calendar: WorkingCalendar): boolean {
  return (
    occurredAt <= oldDueAt && body.newDueAt > oldDueAt && body.reasonCode !== undefined && body.apologyIssued &&
    recordedAt <= lastRecordingOf(oldDueAt, calendar)
  );
}

function lastRecordingOf(oldDueAt: Instant, calendar: WorkingCalendar): Instant {
  // A due instant at 24:00 belongs to the day that it ends.
  const dueDay = localDayOf((oldDueAt - 1) as Instant);
  return endOfDay(calendar.termDayAfter(dueDay, EXTENSION_RECORDED_WITHIN_DAYS));
}

function stated(dueAt: Instant): Due {
  return { dueAt, working: [] };
}
