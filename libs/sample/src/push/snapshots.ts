import { earliest, instantOf, type Instant } from '@index766/kernel';
import type { Surroundings } from '../dossier/surroundings';
import type { Timeline } from '../dossier/timeline';
import type { SeededRandom } from '../random';
import type { Snapshot, StatedSupplement } from './render-ho-so';

/** What happens at one moment, as the status that a source shows from then on. */
interface Moment {
  readonly at: Instant;
  readonly status: number;
  /** In percent, how often a source pushes at this moment; the last moment is always pushed. */
  readonly pushed: number;
}

export interface Telling {
  readonly random: SeededRandom;
  readonly unit: string;
  readonly timeline: Timeline;
  readonly surroundings: Surroundings;
  /** Nothing is recorded later than this. */
  readonly lastRecordedAt: Instant;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CHANNELS = { 'in-person': 1, online: 2, postal: 3 } as const;
const RETURN_CHANNELS = { 'in-person': 0, postal: 1, online: 2 } as const;

/**
 * The snapshots that the dossier's source pushes, in the order of recording: each says all that had happened by its
 * moment. Most follow at once or in the evening, a few come days late.
 */
export function tellSnapshots(telling: Telling): readonly Snapshot[] {
  const moments = momentsOf(telling);
  const last = moments.length - 1;
  const pushed = moments.filter((moment, index) => index === last || telling.random.percent(moment.pushed));
  const snapshots: Snapshot[] = [];
  for (const moment of pushed) {
    const before = snapshots.at(-1)?.recordedAt ?? instantOf(0);
    snapshots.push(snapshotAt(telling, moment, recordingOf(telling, moment.at, before)));
  }
  return snapshots;
}

/** When something that happened at `at` was recorded, after what was recorded before. */
export function recordingOf({ random, lastRecordedAt }: Pick<Telling, 'random' | 'lastRecordedAt'>, at: Instant, before: Instant): Instant {
  const delay = random.weighted([
    [60, random.between(1, 30) * MINUTE], [30, random.between(1, 9) * HOUR], [8, random.between(10, 40) * HOUR],
    [2, random.between(2, 5) * DAY],
  ]);
  const wanted = Math.max(Math.min(at + delay, lastRecordedAt), at + 1000);
  return instantOf(Math.max(wanted, before + 1000));
}

function momentsOf({ random, timeline, surroundings }: Telling): readonly Moment[] {
  const { receivedAt, supplements, end, feeAsked } = timeline;
  const statesNewDue = supplements.some(({ newDueAt }) => newDueAt !== null);
  const moments: Moment[] = [];
  if ((surroundings.channel === 'online' || surroundings.isRegistered) && surroundings.submittedAt < receivedAt) {
    moments.push({ at: surroundings.submittedAt, status: 1, pushed: surroundings.isRegistered ? 100 : 25 });
  }
  // A source that states a new due date has stated the old one before.
  moments.push({ at: receivedAt, status: random.percent(30) ? 2 : 4, pushed: statesNewDue || feeAsked ? 100 : 85 });
  if (feeAsked) moments.push({ at: feeMoment(timeline), status: 6, pushed: 100 });
  for (const { requestedAt, completedAt } of supplements) {
    moments.push({ at: requestedAt, status: 5, pushed: 80 });
    if (completedAt !== null) moments.push({ at: completedAt, status: 4, pushed: statesNewDue ? 100 : 80 });
  }
  if (end !== null) moments.push({ at: end.at, status: end.status, pushed: 75 });
  if (surroundings.returnedAt !== null && end?.status === 9) moments.push({ at: surroundings.returnedAt, status: 10, pushed: 100 });
  return moments;
}

/** Halfway between the receipt and what comes next, in seconds. */
function feeMoment({ receivedAt, end }: Timeline): Instant {
  const next = end === null ? instantOf(receivedAt + 2 * HOUR) : earliest(end.at, instantOf(receivedAt + 2 * HOUR));
  return instantOf(receivedAt + Math.floor((next - receivedAt) / 2000) * 1000);
}

function snapshotAt({ unit, timeline, surroundings }: Telling, { at, status }: Moment, recordedAt: Instant): Snapshot {
  const happened = (instant: Instant | null): Instant | null => (instant !== null && instant <= at ? instant : null);
  const receivedAt = happened(timeline.receivedAt);
  const end = timeline.end !== null && timeline.end.at <= at ? timeline.end : null;
  const returnedAt = happened(surroundings.returnedAt);
  const supplements = timeline.supplements.filter(({ requestedAt }) => requestedAt <= at)
    .map(({ id, requestedAt, completedAt, newDueAt }): StatedSupplement => {
      const completed = happened(completedAt);
      return { id, requestedAt, completedAt: completed, dueBefore: timeline.statedDueAt, newDueAt: completed === null ? null : newDueAt };
    });
  return {
    recordedAt, status, unit, supplements, receivedAt, returnedAt,
    channel: CHANNELS[surroundings.channel],
    submittedAt: surroundings.submittedAt,
    refusedAt: null,
    dueAt: receivedAt === null ? null : dueStated(timeline, supplements),
    endedAt: end === null || end.status === 10 ? null : end.at,
    returnChannel: returnedAt === null ? null : RETURN_CHANNELS[surroundings.returnChannel],
  };
}

/** NgayHenTra follows a new due date, in systems that state one at all. */
function dueStated({ statedDueAt }: Timeline, supplements: readonly StatedSupplement[]): Instant | null {
  if (statedDueAt === null) return null;
  return supplements.reduce<Instant>((due, { newDueAt }) => newDueAt ?? due, statedDueAt);
}
