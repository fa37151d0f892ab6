import { addDays, endOfDay, instantOf, localDayOf, type Instant } from '@index766/kernel';
import { timelineOf, type DrawOutcome } from './outcome';
import { LATE_OUTCOMES, UNDETERMINED_LATE } from './outcomes-late';
import { ON_TIME_OUTCOMES, UNDETERMINED_ON_TIME } from './outcomes-on-time';
import { anyReceipt, insideFrom, lastSecond, receiptDueAt, type Scene } from './scene';
import type { Timeline } from './timeline';

export type Verdict = 'on-time' | 'late';

/** Office time, in milliseconds, that a period needs so that a dossier can be received, fall due and end in it. */
export const LEAST_OFFICE_TIME = 4 * 3_600_000;

const TRIES = 40;
/** Undetermined dossiers, per hundred: far from the 2 % from which a unit's data is insufficient (index-766.md §4). */
const UNDETERMINED_SHARE = 0.25;

/**
 * Draws what happens to a dossier of 2.1 so that it is on time, or late, at the period's end. `mayBeUndetermined` is for
 * units with so many dossiers that a few without a due date do not spoil their data.
 */
export function drawTimeline(scene: Scene, verdict: Verdict, mayBeUndetermined: boolean): Timeline {
  const onTime = verdict === 'on-time';
  if (mayBeUndetermined && scene.random.percent(UNDETERMINED_SHARE)) {
    const drawn = (onTime ? UNDETERMINED_ON_TIME : UNDETERMINED_LATE)(scene);
    if (drawn !== null && isWanted(scene, drawn)) return drawn;
  }
  const outcomes: readonly (readonly [number, DrawOutcome])[] = onTime ? ON_TIME_OUTCOMES : LATE_OUTCOMES;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const drawn = scene.random.weighted(outcomes)(scene);
    if (drawn !== null && isWanted(scene, drawn)) return drawn;
  }
  return madeToMeasure(scene, verdict);
}

/** A result is issued when the work is done, so that nothing else can have one. */
function isWanted({ hasResult, period }: Scene, { end }: Timeline): boolean {
  return !hasResult || (end !== null && end.status >= 9 && end.at < period.end);
}

/**
 * For short periods, in which hardly anything drawn fits: received, due and ended at three instants of the period's
 * office time (at least `LEAST_OFFICE_TIME`), in the order that the verdict asks for. The source states the due instant.
 */
function madeToMeasure(scene: Scene, verdict: Verdict): Timeline {
  const { random } = scene;
  const [from, to] = scene.origin === 'received' ? [scene.period.start, lastSecond(scene)] as const : anyReceipt(scene);
  const receivedAt = officeSecond(scene, from, to, random.between(5, 40));
  const late = verdict === 'late';
  const dueAt = late ? officeSecond(scene, receivedAt, lastSecond(scene), random.between(5, 45)) : null;
  const endedAt = officeSecond(scene, insideFrom(scene, dueAt ?? receivedAt), lastSecond(scene), random.between(50, 95));
  const receipt = receiptDueAt(scene, receivedAt, dueAt ?? endOfDay(addDays(localDayOf(endedAt), random.between(1, 5))));
  return timelineOf(late ? 'ended-late' : 'ended-early', receipt, { status: 9, at: endedAt });
}

/** The office second at which that many percent of the office time in (from, to] have passed. */
function officeSecond({ calendar }: Scene, from: Instant, to: Instant, percent: number): Instant {
  const seconds = Math.ceil((calendar.workingMillisecondsBetween(from, to) / 1000) * (percent / 100));
  return seconds < 1 ? instantOf(to) : calendar.addWorkingMinutes(from, seconds / 60);
}
