import { earliest, instantOf, type Instant, type Period } from '@index766/kernel';
import type { Timeline } from '../dossier/timeline';
import type { SeededRandom } from '../random';
import type { Snapshot } from './render-ho-so';

export interface Corrected {
  readonly snapshots: readonly Snapshot[];
  /** True if two of them say different things of one field: their order may not be reversed (architecture.md §3). */
  readonly isConflicting: boolean;
}

interface Circumstances {
  readonly random: SeededRandom;
  readonly period: Period;
  readonly timeline: Timeline;
  /** Units that the dossier can have been booked on by mistake. */
  readonly otherUnits: readonly string[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Per hundred dossiers. */
const MISTAKEN = 7;
/** Within this time of a slip it is put right. */
const SOON = 6 * HOUR;

/**
 * Puts a slip into what a source says, now and then, and the correction into the next snapshot. A slip never changes
 * whether the dossier is on time: whoever counted it before the correction counted the same.
 */
export function makeMistake(snapshots: readonly Snapshot[], circumstances: Circumstances): Corrected {
  const { random, timeline } = circumstances;
  const unchanged = { snapshots, isConflicting: timeline.supplements.some(({ newDueAt }) => newDueAt !== null) };
  if (!random.percent(MISTAKEN)) return unchanged;
  const slip = random.weighted(SLIPS);
  const place = snapshots.findIndex((snapshot) => (slip.isAboutEnd ? snapshot.endedAt : snapshot.receivedAt) !== null);
  const right = snapshots[place];
  const wrong = right === undefined ? null : slip.of(right, circumstances);
  if (right === undefined || wrong === null) return unchanged;
  const rest = snapshots.slice(place + 1);
  const next = rest[0]?.recordedAt;
  // Where nothing follows soon, the same snapshot comes again, put right.
  const correctedAt = instantOf(right.recordedAt + random.between(20, 300) * MINUTE);
  const putRight = next === undefined || next > right.recordedAt + SOON
    ? [{ ...right, recordedAt: next === undefined ? correctedAt : earliest(correctedAt, instantOf(next - 1000)) }] : [];
  return { snapshots: [...snapshots.slice(0, place), wrong, ...putRight, ...rest], isConflicting: true };
}

interface Slip {
  readonly isAboutEnd: boolean;
  readonly of: (right: Snapshot, circumstances: Circumstances) => Snapshot | null;
}

const SLIPS: readonly (readonly [weight: number, slip: Slip])[] = [
  [3, { isAboutEnd: false, of: (right) => ({ ...right, channel: right.channel === 1 ? 2 : 1 }) }],
  [1, { isAboutEnd: false, of: (right, { random, otherUnits }) => (otherUnits.length === 0 ? null : { ...right, unit: random.pick(otherUnits) }) }],
  [3, { isAboutEnd: false, of: wrongDue }],
  [2, { isAboutEnd: true, of: wrongEnd }],
];

/** Some days too early or too late, if that makes no difference and neither day has passed when it is put right. */
function wrongDue(right: Snapshot, { random, period, timeline }: Circumstances): Snapshot | null {
  if (right.dueAt === null || timeline.supplements.length > 0) return null;
  const dueAt = instantOf(right.dueAt + random.pick([-2, -1, 1, 2, 3]) * 24 * HOUR);
  const judgedAt = timeline.end === null ? period.end : earliest(timeline.end.at, period.end);
  const knownBy = instantOf(right.recordedAt + SOON);
  const isHarmless = (judgedAt <= dueAt) === (judgedAt <= right.dueAt) && knownBy < dueAt && knownBy < right.dueAt && dueAt > timeline.receivedAt;
  return isHarmless ? { ...right, dueAt } : null;
}

/** Some minutes too early, put right to the later instant; the other way round it would not count (lifecycle.md §3). */
function wrongEnd(right: Snapshot, { random, period, timeline }: Circumstances): Snapshot | null {
  const { endedAt: end } = right;
  // Of an end that is no "done" the steps that follow would be refused until it is put right.
  if (end === null || right.status < 9 || timeline.dueAt === null) return null;
  const { dueAt, supplements, receivedAt } = timeline;
  const happenedBefore = [receivedAt, ...supplements.flatMap(({ requestedAt, completedAt }) => [requestedAt, completedAt ?? requestedAt])];
  const endedAt = instantOf(end - random.between(5, 90) * MINUTE);
  const sameSide = (limit: Instant): boolean => (endedAt <= limit) === (end <= limit);
  const isHarmless = happenedBefore.every((instant) => instant < endedAt) && sameSide(dueAt) &&
    sameSide(instantOf(period.start - 1)) && sameSide(instantOf(period.end - 1));
  return isHarmless ? { ...right, endedAt, status: 9, returnedAt: null, returnChannel: null } : null;
}
