import { instantOf, type Instant } from '@index766/kernel';
import type { SampleStep } from '../dossier/steps';
import type { SeededRandom } from '../random';
import type { PushElement } from './push';
import { renderHoSo, type Rendering, type Snapshot } from './render-ho-so';
import { renderTienTrinh } from './render-tien-trinh';
import { recordingOf } from './snapshots';

/** An element of a push, and when it comes in relation to the others. */
export interface Arrival {
  readonly at: number;
  readonly service: 'DongBoHoSoMC' | 'CapNhatTienDoHoSoMC';
  readonly element: PushElement;
}

interface Sending {
  readonly random: SeededRandom;
  readonly rendering: Rendering;
  readonly lastRecordedAt: Instant;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Per hundred elements that come a second time. */
const REPEATED = 3;
/** Per hundred that come long after later ones, and per hundred steps that are pushed when they begin. */
const DELAYED = 6;
const PUSHED_AT_START = 20;
const STATUS_IN_PROCESS = 4;

/**
 * When each snapshot comes: in the order of recording, but that some come again and some come late. Two that conflict
 * are never turned round.
 */
export function snapshotArrivals(snapshots: readonly Snapshot[], isConflicting: boolean, sending: Sending): readonly Arrival[] {
  const { random, rendering } = sending;
  return snapshots.flatMap((snapshot) => {
    const delay = isConflicting ? 0 : delayOf(random);
    return withRepeats(random, { at: snapshot.recordedAt + delay, service: 'DongBoHoSoMC', element: renderHoSo(snapshot, rendering) });
  });
}

/** Steps come when they are done, some also when they begin; they may come before their dossier. */
export function stepArrivals(steps: readonly SampleStep[], sending: Sending): readonly Arrival[] {
  const { random, rendering } = sending;
  return steps.flatMap((step) => {
    const arrivals: Arrival[] = [];
    const push = (told: SampleStep, at: Instant, before: Instant): Instant => {
      const recordedAt = recordingOf(sending, at, before);
      const element = renderTienTrinh(rendering.id, told, STATUS_IN_PROCESS, recordedAt, rendering.form);
      const early = random.percent(10) ? random.between(1, 180) * MINUTE : 0;
      arrivals.push(...withRepeats(random, { at: recordedAt + delayOf(random) - early, service: 'CapNhatTienDoHoSoMC', element }));
      return recordedAt;
    };
    const isOpen = step.endedAt === null;
    const begun = isOpen || random.percent(PUSHED_AT_START) ? push({ ...step, endedAt: null }, step.startedAt, instantOf(0)) : instantOf(0);
    if (step.endedAt !== null) push(step, step.endedAt, begun);
    return arrivals;
  });
}

function delayOf(random: SeededRandom): number {
  return random.percent(DELAYED) ? random.between(2 * HOUR, 6 * DAY) : 0;
}

function withRepeats(random: SeededRandom, arrival: Arrival): readonly Arrival[] {
  return random.percent(REPEATED) ? [arrival, { ...arrival, at: arrival.at + random.between(HOUR, 3 * DAY) }] : [arrival];
}
