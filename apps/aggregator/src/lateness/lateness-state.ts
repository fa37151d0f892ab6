import { judgeAt, wakeAt, type DossierView, type DueInForce, type Step } from '@index766/dossier-life';
import {
  addDays, localDayOf, periodContaining, startOfDay, type Instant, type LocalDay,
} from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

/** How an open dossier stands against its due instant, as far as somebody has to be told. */
export type LatenessState =
  | { readonly kind: 'in-time' }
  | { readonly kind: 'due-soon'; readonly dueAt: Instant; readonly cause: DueInForce['cause']; readonly causedAt: Instant }
  | {
      readonly kind: 'overdue'; readonly dueAt: Instant | null; readonly cause: 'due-passed' | 'second-supplement';
      readonly causedAt: Instant;
    };

/** Why a dossier that was overdue is so no more, and since when. */
export interface ClearedBy {
  readonly cause: 'ended' | 'due-moved' | 'asked-in-time' | 'voided' | 'corrected';
  readonly causedAt: Instant;
}

const IN_TIME: LatenessState = { kind: 'in-time' };

/** At T; `calendar` of the unit that holds it. */
export function latenessStateAt(view: DossierView, at: Instant, calendar: WorkingCalendar): LatenessState {
  const { belongs, late, state, dueAt } = judgeAt(view, periodContaining('week', at), at);
  if (!belongs || state === 'ended') return IN_TIME;
  if (late) {
    const asked = view.secondSupplementAt;
    return asked !== null && asked <= at
      ? { kind: 'overdue', dueAt, cause: 'second-supplement', causedAt: asked }
      : { kind: 'overdue', dueAt, cause: 'due-passed', causedAt: dueAt ?? at };
  }
  const due = dueAt === null ? undefined : dueInForceAt(view, at);
  if (state !== 'open' || due === undefined || at < soonFrom(due.dueAt, calendar)) return IN_TIME;
  return { kind: 'due-soon', dueAt: due.dueAt, cause: due.cause, causedAt: due.from };
}

/** What took a dossier out of `overdue` that stands otherwise at T. */
export function clearedBy(view: DossierView, dueAt: Instant | null, at: Instant): ClearedBy {
  if (view.voided) return { cause: 'voided', causedAt: at };
  if (view.endedAt !== null && view.endedAt <= at) return { cause: 'ended', causedAt: view.endedAt };
  const waiting = view.waits.find(({ from, to }) => from <= at && (to === null || to > at));
  if (waiting !== undefined) return { cause: 'asked-in-time', causedAt: waiting.from };
  const due = dueInForceAt(view, at);
  return due !== undefined && due.dueAt !== dueAt ? { cause: 'due-moved', causedAt: due.from } : { cause: 'corrected', causedAt: at };
}

/** From when on a dossier is due soon: the beginning of the last working day before the one on which it is due. */
export function soonFrom(dueAt: Instant, calendar: WorkingCalendar): Instant {
  return startOfDay(termDayBefore(dueDayOf(dueAt), calendar));
}

/** A due instant at 24:00 belongs to the day that it ends. */
export function dueDayOf(dueAt: Instant): LocalDay {
  return localDayOf((dueAt - 1) as Instant);
}

/** The next instant after T at which a dossier stands otherwise although nothing new becomes known; null: never. */
export function nextLatenessChange(view: DossierView, at: Instant, calendar: WorkingCalendar): Instant | null {
  const changes = [wakeAt(view, at), ...view.dues.map(({ dueAt }) => soonFrom(dueAt, calendar))];
  return changes.reduce<Instant | null>((next, change) =>
    (change !== null && change > at && (next === null || change < next) ? change : next), null);
}

/** The step that a dossier is at; undefined: nobody has it. */
export function currentStep({ steps }: DossierView, at: Instant): Step | undefined {
  return steps.findLast(({ from, to }) => from <= at && (to === null || to > at));
}

function dueInForceAt({ dues }: DossierView, at: Instant): DueInForce | undefined {
  return dues.findLast(({ from }) => from <= at);
}

function termDayBefore(day: LocalDay, calendar: WorkingCalendar): LocalDay {
  let before = addDays(day, -1);
  // A calendar has a term day in every week but the longest holidays.
  while (!calendar.isTermDay(before)) before = addDays(before, -1);
  return before;
}
