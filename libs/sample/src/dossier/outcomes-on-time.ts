import { earliest, endOfDay, instantOf, latest, localDayOf, type Instant } from '@index766/kernel';
import { moveForPause } from '@index766/working-time';
import {
  afterPeriod, endAfterPeriod, hasDays, supplementOf, timelineOf, undeterminedTimeline, type DrawOutcome,
} from './outcome';
import { anyReceipt, drawReceipt, drawReceivedAt, insideFrom, lastSecond, officeInstant, type Receipt, type Scene } from './scene';

const SECOND = 1000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const endedEarly: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due');
  if (receipt === null) return null;
  const at = officeInstant(scene, insideFrom(scene, receipt.receivedAt), earliest(receipt.dueAt, lastSecond(scene)));
  return at === null ? null : timelineOf('ended-early', receipt, { status: 9, at }, { feeAsked: scene.hasFee && scene.random.percent(4) });
};

/** In the last hours, in the evening of the last day, or at the due instant itself. */
const endedAtTheLastMoment: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due');
  if (receipt === null || receipt.dueAt > scene.period.end) return null;
  const from = insideFrom(scene, receipt.receivedAt);
  const isMidnight = receipt.dueAt === endOfDay(localDayOf(instantOf(receipt.dueAt - 1)));
  const at = scene.random.weighted<Instant | null>([
    [3, officeInstant(scene, latest(from, instantOf(receipt.dueAt - 8 * HOUR)), earliest(receipt.dueAt, lastSecond(scene)))],
    [1, isMidnight ? instantOf(receipt.dueAt - SECOND) : receipt.dueAt],
  ]);
  return at === null || at <= from || at >= scene.period.end ? null : timelineOf('ended-at-the-last-moment', receipt, { status: 9, at });
};

/** The pause for a supplement, asked for in time, moves the due date. */
const endedAfterSupplement: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due', hasDays);
  if (receipt === null) return null;
  const pause = drawPause(scene, receipt, lastSecond(scene));
  if (pause === null) return null;
  const dueAt = moveForPause({ dueAt: receipt.dueAt, working: [] }, pause, scene.calendar, receipt.termKind).dueAt;
  const at = officeInstant(scene, insideFrom(scene, pause.to), earliest(dueAt, lastSecond(scene)));
  if (at === null) return null;
  return timelineOf('ended-after-supplement', receipt, { status: 9, at }, { dueAt, supplements: [supplementOf(1, pause.from, pause.to)] });
};

/** The completion of a supplement states a new due date before the old one has passed. */
const endedByNewDue: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due', hasDays);
  if (receipt === null) return null;
  const pause = drawPause(scene, receipt, earliest(instantOf(receipt.dueAt - 4 * HOUR), lastSecond(scene)));
  if (pause === null) return null;
  const oldDay = localDayOf(instantOf(receipt.dueAt - 1));
  const dueAt = endOfDay(scene.calendar.termDayAfter(oldDay, scene.random.between(1, 5)));
  const at = officeInstant(scene, insideFrom(scene, pause.to), earliest(dueAt, lastSecond(scene)));
  if (at === null) return null;
  return timelineOf('ended-by-new-due', receipt, { status: 9, at }, { dueAt, supplements: [supplementOf(1, pause.from, pause.to, dueAt)] });
};

const withdrawnOrStopped: DrawOutcome = (scene) => {
  const ended = endedEarly(scene);
  if (ended?.end === undefined || ended.end === null) return null;
  const status = scene.random.percent(70) ? 7 : 8;
  return { ...ended, outcome: 'withdrawn-or-stopped', feeAsked: false, end: { status, at: ended.end.at } };
};

/** Withdrawn while the citizen was asked for papers: judged at the request, whatever has passed since. */
const withdrawnWhileWaiting: DrawOutcome = (scene) => {
  const waiting = waitingInTime(scene);
  const request = waiting?.supplements[0]?.requestedAt;
  if (waiting === null || request === undefined) return null;
  const at = officeInstant(scene, insideFrom(scene, request), lastSecond(scene));
  if (at === null) return null;
  const supplements = waiting.supplements.map((supplement) => ({ ...supplement, completedAt: null }));
  return { ...waiting, outcome: 'withdrawn-while-waiting', supplements, end: { status: 7, at } };
};

/** The source states no end of the work, only that the result was returned. */
const onlyReturned: DrawOutcome = (scene) => {
  const ended = endedEarly(scene);
  if (ended?.end === undefined || ended.end === null) return null;
  return { ...ended, outcome: 'only-returned', feeAsked: false, end: { status: 10, at: ended.end.at } };
};

const openWithinTerm: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'due-after-period');
  if (receipt === null || receipt.dueAt < scene.period.end) return null;
  return timelineOf('open-within-term', receipt, endAfterPeriod(scene));
};

const feeAsked: DrawOutcome = (scene) => {
  if (!scene.hasFee) return null;
  const receipt = drawReceipt(scene, 'due-after-period', ({ fee, pauseOnFinancialObligation }) => fee > 0 && !pauseOnFinancialObligation);
  if (receipt === null || receipt.dueAt < scene.period.end) return null;
  return timelineOf('fee-asked', receipt, null, { feeAsked: true });
};

/** Asked for in time and not answered by the period's end: on time even if the due instant has passed. */
const waitingInTime: DrawOutcome = (scene) => {
  const receipt = drawReceipt(scene, 'ends-by-due', hasDays);
  if (receipt === null) return null;
  const requestedAt = officeInstant(scene, receipt.receivedAt, earliest(receipt.dueAt, lastSecond(scene)));
  if (requestedAt === null) return null;
  const answered = afterPeriod(scene);
  return timelineOf('waiting', receipt, null, { supplements: [supplementOf(1, requestedAt, answered)] });
};

/** Neither a term nor a due date: open, it counts as if it were within its term. */
export const UNDETERMINED_ON_TIME: DrawOutcome = (scene) => {
  const receivedAt = drawReceivedAt(scene, anyReceipt(scene));
  return receivedAt === null ? null : undeterminedTimeline('undetermined', scene, receivedAt, null);
};

/** How often each outcome is drawn among dossiers that are on time. */
export const ON_TIME_OUTCOMES: readonly (readonly [weight: number, draw: DrawOutcome])[] = [
  [50, endedEarly], [14, endedAtTheLastMoment], [6, endedAfterSupplement], [3, endedByNewDue], [3, withdrawnOrStopped],
  [1, withdrawnWhileWaiting], [2, onlyReturned], [16, openWithinTerm], [2, feeAsked], [3, waitingInTime],
];

/** A supplement asked for by the due instant and completed by `until`. */
function drawPause(scene: Scene, receipt: Receipt, until: Instant): { from: Instant; to: Instant } | null {
  const from = officeInstant(scene, receipt.receivedAt, earliest(receipt.dueAt, until));
  if (from === null) return null;
  const to = officeInstant(scene, from, earliest(until, instantOf(from + 6 * DAY)));
  return to === null ? null : { from, to };
}
