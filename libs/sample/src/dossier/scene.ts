import {
  addDays, endOfDay, instantOf, latest, localDayOf, MILLISECONDS_PER_DAY, startOfDay, type Instant, type Period,
} from '@index766/kernel';
import { dueOf, type TermKind, type WorkingCalendar } from '@index766/working-time';
import type { SeededRandom } from '../random';
import type { SampleProcedure } from './procedures';
import type { Origin } from './timeline';

/** What timelines are drawn from: one unit's procedures and calendar, one period, one dossier's own randomness. */
export interface Scene {
  readonly random: SeededRandom;
  readonly period: Period;
  readonly calendar: WorkingCalendar;
  /** Those with a term. */
  readonly procedures: readonly SampleProcedure[];
  readonly withoutTerm: SampleProcedure;
  readonly origin: Origin;
  /** Whether a fee may be asked for. */
  readonly hasFee: boolean;
  /** Whether it has to end in the period with a result. */
  readonly hasResult: boolean;
}

/** How the due date should lie to the period, so that few draws are in vain. */
export type Lean = 'ends-by-due' | 'due-passes' | 'due-after-period';

export interface Receipt {
  readonly procedure: SampleProcedure;
  readonly termKind: TermKind;
  readonly receivedAt: Instant;
  readonly statedDueAt: Instant | null;
  readonly dueAt: Instant;
}

const SECOND = 1000;

/** A whole office second in (from, to], or null if the office is closed all the time. */
export function officeInstant({ random, calendar }: Scene, from: Instant, to: Instant): Instant | null {
  if (to <= from) return null;
  const seconds = Math.floor(calendar.workingMillisecondsBetween(from, to) / SECOND);
  if (seconds < 1) return null;
  return calendar.addWorkingMinutes(from, random.between(1, seconds) / 60);
}

/** The last second before the period's end: what happens then still counts in it. */
export function lastSecond({ period }: Scene): Instant {
  return instantOf(period.end - SECOND);
}

/** From when on an event is inside the period, for a dossier received at that instant. */
export function insideFrom({ period }: Scene, receivedAt: Instant): Instant {
  return latest(period.start, receivedAt);
}

/** Draws a procedure, a receipt of the scene's origin and a due date; null if the procedure does not fit. */
export function drawReceipt(scene: Scene, lean: Lean, fits: (procedure: SampleProcedure) => boolean = () => true): Receipt | null {
  const { random, calendar } = scene;
  const procedures = scene.procedures.filter(fits);
  if (procedures.length === 0) return null;
  const procedure = random.weighted(procedures.map((each) => [each.weight, each] as const));
  if (procedure.term === null) return null;
  const receivedAt = drawReceivedAt(scene, receiptWindow(scene, lean, roughLength(procedure)));
  if (receivedAt === null) return null;
  const computed = dueOf(procedure.term, receivedAt, calendar).dueAt;
  const statedDueAt = drawStatedDue(random, computed);
  return { procedure, termKind: procedure.term.kind, receivedAt, statedDueAt, dueAt: statedDueAt ?? computed };
}

/** A receipt whose due date is stated by the source as `dueAt`, whatever the term would give. */
export function receiptDueAt(scene: Scene, receivedAt: Instant, dueAt: Instant): Receipt {
  const procedure = scene.random.pick(scene.procedures);
  return { procedure, termKind: procedure.term?.kind ?? 'working-days', receivedAt, statedDueAt: dueAt, dueAt };
}

/** When a dossier of the scene's origin can have come in, whatever becomes of it. */
export function anyReceipt(scene: Scene): readonly [Instant, Instant] {
  return scene.origin === 'in-hand' ? lookBack(scene, 20) : [instantOf(scene.period.start - SECOND), lastSecond(scene)];
}

/** An instant of receipt in (from, to]: in office hours, seldom at night or at a weekend. */
export function drawReceivedAt(scene: Scene, [from, to]: readonly [Instant, Instant]): Instant | null {
  if (to <= from) return null;
  if (!scene.random.percent(4)) return officeInstant(scene, from, to);
  return instantOf(from + scene.random.between(1, Math.floor((to - from) / SECOND)) * SECOND);
}

/** The days before the period in which dossiers in hand at its start came in. */
function lookBack({ period }: Scene, days: number): readonly [Instant, Instant] {
  return [startOfDay(addDays(period.firstDay, -days)), instantOf(period.start - SECOND)];
}

function receiptWindow(scene: Scene, lean: Lean, length: number): readonly [Instant, Instant] {
  const { period, origin } = scene;
  const before = (instant: Instant, time: number) => instantOf(instant - Math.round(time));
  if (origin === 'in-hand') {
    const end = before(period.start, SECOND);
    switch (lean) {
      case 'ends-by-due':
        return [before(period.start, 1.1 * length + MILLISECONDS_PER_DAY), end];
      case 'due-passes':
        return [before(period.start, length + 20 * MILLISECONDS_PER_DAY), end];
      case 'due-after-period':
        return [before(period.end, 1.1 * length), end];
    }
  }
  const start = before(period.start, SECOND);
  switch (lean) {
    case 'ends-by-due':
      return [start, lastSecond(scene)];
    case 'due-passes':
      return [start, before(period.end, 0.8 * length)];
    case 'due-after-period':
      return [latest(start, before(period.end, 1.1 * length)), lastSecond(scene)];
  }
}

/** Days that a term takes, roughly, as milliseconds. */
function roughLength({ term }: SampleProcedure): number {
  if (term === null) return 0;
  const days = { 'working-hours': 0.18, 'working-days': 1.45, 'calendar-days': 1.05, months: 30.5 }[term.kind] * term.amount;
  return Math.round((days + 0.5) * MILLISECONDS_PER_DAY);
}

/** Sources say nothing, the day, or the hour at which the office closes. */
function drawStatedDue(random: SeededRandom, computed: Instant): Instant | null {
  if (random.percent(20)) return null;
  const lastDay = localDayOf(instantOf(computed - 1));
  if (computed !== endOfDay(lastDay) || random.percent(60)) return computed;
  return instantOf(startOfDay(lastDay) + 17 * 3_600_000);
}
