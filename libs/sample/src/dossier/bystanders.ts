import { addDays, instantOf, startOfDay, type Instant, type ProcedureCode } from '@index766/kernel';
import { snapshotArrivals, stepArrivals, type Arrival } from '../push/arrivals';
import { drawUncountedParts, prepaidParts } from '../push/coded-parts';
import type { Snapshot } from '../push/render-ho-so';
import { tellSnapshots } from '../push/snapshots';
import { SeededRandom } from '../random';
import { timelineOf } from './outcome';
import { procedureOf } from './procedures';
import { renderingOf, type UnitScene } from './sample-dossier';
import { lastSecond, officeInstant, receiptDueAt, type Scene } from './scene';
import { drawSteps } from './steps';
import { drawSurroundings } from './surroundings';
import type { Origin } from './timeline';

const DAY = 86_400_000;

/**
 * A dossier that every push of a real month carries along and that no figure of 2.1 counts: only registered, refused at
 * the desk, ended before the period, or received after it.
 */
export function arrivalsOfBystander(scene: UnitScene, number: number, seed: string): readonly Arrival[] {
  const random = new SeededRandom(seed);
  return random.percent(50) ? neverReceived(scene, random, number) : outsideThePeriod(scene, random, number);
}

/** A dossier that is paid for and not yet received: nothing counts it, but its procedure has a payment. */
export function arrivalsOfPrepaid(scene: UnitScene, code: ProcedureCode, number: number, seed: string): readonly Arrival[] {
  const random = new SeededRandom(seed);
  const submittedAt = officeInstant(plainScene(scene, random, 'received'), scene.period.start, instantOf(scene.period.end - 1000)) ?? scene.period.start;
  const procedure = procedureOf(code);
  const rendering = renderingOf(scene, procedure, prepaidParts(random), submittedAt, number);
  return snapshotArrivals([registeredAt(scene, submittedAt)], false, { random, rendering, lastRecordedAt: scene.lastRecordedAt });
}

function neverReceived(scene: UnitScene, random: SeededRandom, number: number): readonly Arrival[] {
  const drawn = plainScene(scene, random, 'received');
  const submittedAt = officeInstant(drawn, scene.period.start, instantOf(lastSecond(drawn) - DAY)) ?? scene.period.start;
  const refusedAt = random.percent(50) ? officeInstant(drawn, submittedAt, lastSecond(drawn)) : null;
  const registered = registeredAt(scene, submittedAt);
  const snapshots = refusedAt === null ? [registered]
    : [registered, { ...registered, status: 3, refusedAt, recordedAt: instantOf(Math.max(refusedAt, registered.recordedAt) + 60_000) }];
  const procedure = random.pick(scene.procedures);
  const rendering = renderingOf(scene, procedure, drawUncountedParts(random), submittedAt, number);
  return snapshotArrivals(snapshots, false, { random, rendering, lastRecordedAt: scene.lastRecordedAt });
}

function outsideThePeriod(scene: UnitScene, random: SeededRandom, number: number): readonly Arrival[] {
  const isBefore = random.percent(60);
  const drawn = plainScene(scene, random, isBefore ? 'in-hand' : 'received');
  const { firstDay, start, end } = scene.period;
  const [from, to] = isBefore ? [startOfDay(addDays(firstDay, -25)), instantOf(start - DAY)] : [end, instantOf(end + 2 * DAY)];
  const receivedAt = officeInstant(drawn, from, to) ?? to;
  const endedAt: Instant | null = isBefore ? officeInstant(drawn, receivedAt, instantOf(start - 1000)) ?? instantOf(start - 1000) : null;
  const receipt = receiptDueAt(drawn, receivedAt, instantOf((endedAt ?? receivedAt) + 5 * DAY));
  const timeline = timelineOf('outside-the-period', receipt, endedAt === null ? null : { status: 9, at: endedAt });
  const surroundings = drawSurroundings(drawn, timeline, { online: random.percent(80), isEarly: false });
  const rendering = renderingOf(scene, receipt.procedure, drawUncountedParts(random), surroundings.submittedAt, number);
  const sending = { random, rendering, lastRecordedAt: scene.lastRecordedAt };
  const snapshots = tellSnapshots({ random, unit: scene.unit.code, timeline, surroundings, lastRecordedAt: scene.lastRecordedAt });
  const arrivals = snapshotArrivals(snapshots, false, sending);
  if (scene.officers === null) return arrivals;
  const steps = drawSteps({ random, calendar: scene.calendar, timeline }, scene.officers, 'on-time', endedAt ?? instantOf(receivedAt + DAY));
  return [...arrivals, ...stepArrivals(steps, sending)];
}

function registeredAt({ unit }: UnitScene, submittedAt: Instant): Snapshot {
  return {
    recordedAt: instantOf(submittedAt + 60_000), status: 1, unit: unit.code, channel: 2, submittedAt, receivedAt: null, refusedAt: null,
    dueAt: null, endedAt: null, returnedAt: null, returnChannel: null, supplements: [],
  };
}

function plainScene(scene: UnitScene, random: SeededRandom, origin: Origin): Scene {
  return { ...scene, random, origin, hasFee: false, hasResult: false };
}
