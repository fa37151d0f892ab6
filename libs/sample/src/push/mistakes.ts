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

/**
 * Puts a slip into what a source says first, now and then, and the correction into the next snapshot. A slip never
 * changes whether the dossier is on time: whoever counted it before the correction counted the same.
 */
export function makeMistake(snapshots: readonly Snapshot[], circumstances: Circumstances): Corrected {
  const { random, timeline } = circumstances;
  const stated = timeline.supplements.some(({ newDueAt }) => newDueAt !== null);
  const received = snapshots.findIndex(({ receivedAt }) => receivedAt !== null);
  const first = snapshots[received];
  if (first === undefined || !random.percent(6)) return { snapshots, isConflicting: stated };
  const wrong = slipOf(first, circumstances);
  if (wrong === null) return { snapshots, isConflicting: stated };
  const rest = snapshots.slice(received + 1);
  const next = rest[0]?.recordedAt;
  // Where nothing follows soon, the same snapshot comes again, put right.
  const correctedAt = instantOf(first.recordedAt + random.between(20, 300) * MINUTE);
  const putRight = next === undefined || next > first.recordedAt + 6 * HOUR
    ? [{ ...first, recordedAt: next === undefined ? correctedAt : earliest(correctedAt, instantOf(next - 1000)) }] : [];
  return { snapshots: [...snapshots.slice(0, received), wrong, ...putRight, ...rest], isConflicting: true };
}

function slipOf(first: Snapshot, circumstances: Circumstances): Snapshot | null {
  const { random, otherUnits } = circumstances;
  switch (random.weighted([[3, 'channel'], [3, 'due'], [2, 'end'], [otherUnits.length === 0 ? 0 : 1, 'unit']] as const)) {
    case 'channel':
      return { ...first, channel: first.channel === 1 ? 2 : 1 };
    case 'unit':
      return { ...first, unit: random.pick(otherUnits) };
    case 'due':
      return wrongDue(first, circumstances);
    case 'end':
      return wrongEnd(first, circumstances);
  }
}

/** Some days too early or too late, if that makes no difference and neither day has passed when it is put right. */
function wrongDue(first: Snapshot, { random, period, timeline }: Circumstances): Snapshot | null {
  if (first.dueAt === null || timeline.supplements.length > 0) return null;
  const dueAt = instantOf(first.dueAt + random.pick([-2, -1, 1, 2, 3]) * 24 * HOUR);
  const judgedAt = timeline.end === null ? period.end : earliest(timeline.end.at, period.end);
  const knownBy = instantOf(first.recordedAt + 6 * HOUR);
  const isHarmless = (judgedAt <= dueAt) === (judgedAt <= first.dueAt) && knownBy < dueAt && knownBy < first.dueAt && dueAt > timeline.receivedAt;
  return isHarmless ? { ...first, dueAt } : null;
}

/** Some minutes too early, put right to the later instant; the other way round it would not count (lifecycle.md §3). */
function wrongEnd(first: Snapshot, { random, period, timeline }: Circumstances): Snapshot | null {
  const { endedAt: end } = first;
  if (end === null || timeline.dueAt === null) return null;
  const { dueAt, supplements, receivedAt } = timeline;
  const happenedBefore = [receivedAt, ...supplements.flatMap(({ requestedAt, completedAt }) => [requestedAt, completedAt ?? requestedAt])];
  const endedAt = instantOf(end - random.between(5, 90) * MINUTE);
  const sameSide = (limit: Instant): boolean => (endedAt <= limit) === (end <= limit);
  const isHarmless = happenedBefore.every((instant) => instant < endedAt) && sameSide(dueAt) &&
    sameSide(instantOf(period.start - 1)) && sameSide(instantOf(period.end - 1));
  return isHarmless ? { ...first, endedAt, status: Math.min(first.status, 9), returnedAt: null, returnChannel: null } : null;
}
