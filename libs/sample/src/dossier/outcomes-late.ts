import { addDays, earliest, endOfDay, instantOf, latest, localDayOf } from '@index766/kernel';
import { endAfterPeriod, hasDays, supplementOf, timelineOf, undeterminedTimeline, type DrawOutcome } from './outcome';
import { anyReceipt, drawReceipt, drawReceivedAt, insideFrom, lastSecond, officeInstant } from './scene';

const SECOND = 1000;
const DAY = 86_400_000;

const endedLate: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'due-passes');
  if (receipt === null) return null;
  const from = latest(insideFrom(scene, receipt.receivedAt), receipt.dueAt);
  // Most are late by days, some by hours; a very few by one second.
  const until = scene.random.percent(60) ? earliest(lastSecond(scene), instantOf(from + 5 * DAY)) : lastSecond(scene);
  const justLate = instantOf(receipt.dueAt + SECOND);
  const at = justLate > insideFrom(scene, receipt.receivedAt) && justLate < scene.period.end && scene.random.percent(2)
    ? justLate : officeInstant(scene, from, until);
  return at === null ? null : timelineOf('ended-late', receipt, { status: 9, at });
};

const openOverdue: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'due-passes');
  if (receipt === null || receipt.dueAt >= scene.period.end) return null;
  return timelineOf('open-overdue', receipt, endAfterPeriod(scene));
};

const withdrawnOrStoppedLate: DrawOutcome = (scene) => {
  const ended = endedLate(scene);
  if (ended?.end === undefined || ended.end === null) return null;
  return { ...ended, outcome: 'withdrawn-or-stopped-late', end: { status: scene.random.percent(50) ? 7 : 8, at: ended.end.at } };
};

/** The supplement was asked for only after the due instant. */
const waitingLate: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'due-passes', hasDays);
  if (receipt === null) return null;
  const requestedAt = officeInstant(scene, latest(receipt.receivedAt, receipt.dueAt), lastSecond(scene));
  if (requestedAt === null) return null;
  return timelineOf('waiting-late', receipt, null, { supplements: [supplementOf(1, requestedAt, null)] });
};

/** The second supplement request makes a dossier late for ever, however soon it ends (lifecycle.md §3). */
const secondSupplement: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due', hasDays);
  if (receipt === null) return null;
  const first = officeInstant(scene, receipt.receivedAt, lastSecond(scene));
  const completed = first && officeInstant(scene, first, earliest(lastSecond(scene), instantOf(first + 4 * DAY)));
  const second = completed && officeInstant(scene, completed, earliest(lastSecond(scene), instantOf(completed + 4 * DAY)));
  if (first === null || completed === null || second === null) return null;
  const answered = officeInstant(scene, second, earliest(lastSecond(scene), instantOf(second + 4 * DAY)));
  const at = answered && officeInstant(scene, insideFrom(scene, answered), lastSecond(scene));
  return timelineOf('second-supplement', receipt, at === null || scene.random.percent(40) ? null : { status: 9, at }, {
    supplements: [supplementOf(1, first, completed), supplementOf(2, second, answered)],
  });
};

/** A new due date stated after the old one had passed is stored and does not count (lifecycle.md §3). */
const newDueTooLate: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'due-passes', hasDays);
  if (receipt === null) return null;
  const requested = officeInstant(scene, latest(receipt.receivedAt, receipt.dueAt), lastSecond(scene));
  const completed = requested && officeInstant(scene, requested, earliest(lastSecond(scene), instantOf(requested + 4 * DAY)));
  const at = completed && officeInstant(scene, insideFrom(scene, completed), lastSecond(scene));
  if (requested === null || completed === null || at === null) return null;
  const newDueAt = endOfDay(addDays(localDayOf(at), 1));
  return timelineOf('new-due-too-late', receipt, { status: 9, at }, { supplements: [supplementOf(1, requested, completed, newDueAt)] });
};

/** Neither a term nor a due date: ended, it counts in the denominator only (lifecycle.md §4). */
export const UNDETERMINED_LATE: DrawOutcome = (scene) => {
  const receivedAt = drawReceivedAt(scene, anyReceipt(scene));
  const at = receivedAt && officeInstant(scene, insideFrom(scene, receivedAt), lastSecond(scene));
  if (receivedAt === null || at === null) return null;
  return undeterminedTimeline('undetermined-ended', scene, receivedAt, { status: 9, at });
};

/** How often each outcome is drawn among dossiers that are late. */
export const LATE_OUTCOMES: readonly (readonly [weight: number, draw: DrawOutcome])[] = [
  [52, endedLate], [30, openOverdue], [5, secondSupplement], [4, waitingLate], [3, withdrawnOrStoppedLate], [2, newDueTooLate],
];
