import { civilDateOf, instantOf, localDayOf, type Instant, type Period } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import type { SampleUnit } from '../figures/sample-units';
import { snapshotArrivals, stepArrivals, type Arrival } from '../push/arrivals';
import { makeMistake } from '../push/mistakes';
import type { CodedParts, Rendering } from '../push/render-ho-so';
import { tellSnapshots } from '../push/snapshots';
import { INSTANT_FORMS } from '../push/source-format';
import { SeededRandom } from '../random';
import { drawTimeline, type Verdict } from './draw-timeline';
import type { UnitOfficers } from './officers';
import type { SampleProcedure } from './procedures';
import { lastSecond, type Scene } from './scene';
import { drawSteps } from './steps';
import { drawSurroundings } from './surroundings';
import type { Origin } from './timeline';

/** What all dossiers of a unit have in common. */
export interface UnitScene {
  readonly unit: SampleUnit;
  readonly period: Period;
  readonly calendar: WorkingCalendar;
  readonly procedures: readonly SampleProcedure[];
  readonly withoutTerm: SampleProcedure;
  readonly officers: UnitOfficers | null;
  readonly otherUnits: readonly string[];
  readonly lastRecordedAt: Instant;
}

/** Place of a dossier in the figures of its unit. */
export interface DossierRole {
  readonly verdict: Verdict;
  readonly origin: Origin;
  readonly online: boolean;
}

const UNDETERMINED_FROM = 300;

/**
 * Everything that is pushed about one dossier of 2.1. It is a function of the seed text alone: the same dossier comes
 * out whatever else is made.
 *
 * @param number counts the dossiers of the sample from 1; it keeps codes and made-up applicants apart.
 */
export function arrivalsOfDossier(scene: UnitScene, role: DossierRole, number: number, seed: string): readonly Arrival[] {
  const random = new SeededRandom(seed);
  const drawn: Scene = { ...scene, random, origin: role.origin };
  const timeline = drawTimeline(drawn, role.verdict, scene.unit.dossiers >= UNDETERMINED_FROM);
  const surroundings = drawSurroundings(drawn, timeline, role.online);
  const { procedure } = timeline;
  const rendering = renderingOf(scene, procedure, drawParts(random, procedure), surroundings.submittedAt, number);
  const sending = { random, rendering, lastRecordedAt: scene.lastRecordedAt };
  const told = makeMistake(
    tellSnapshots({ random, unit: scene.unit.code, timeline, surroundings, lastRecordedAt: scene.lastRecordedAt }),
    { random, period: scene.period, timeline, otherUnits: scene.otherUnits },
  );
  const snapshots = snapshotArrivals(told.snapshots, told.isConflicting, sending);
  // Balancing units appear in no list, so nobody works in them.
  if (scene.officers === null) return snapshots;
  const until = timeline.end?.at ?? lastSecond(drawn);
  const steps = drawSteps({ random, calendar: scene.calendar, timeline }, scene.officers, role.verdict, until);
  return [...snapshots, ...stepArrivals(steps, sending)];
}

/** Code of a dossier: unit, day of submission, number (`H44.114-20261005-0000123`). */
function dossierCode(unit: string, submittedAt: Instant, number: number): string {
  const { year, month, day } = civilDateOf(localDayOf(submittedAt));
  return `${unit}-${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}-${String(number).padStart(7, '0')}`;
}

/** How the unit's system writes what it pushes. */
export function renderingOf(
  { unit }: UnitScene, procedure: SampleProcedure, parts: CodedParts, submittedAt: Instant, number: number,
): Rendering {
  // One system per unit: most write compact instants and codes as strings.
  const system = new SeededRandom(`system of ${unit.code}`);
  return {
    id: dossierCode(unit.code, submittedAt, number), procedure, parts, applicant: number,
    form: system.weighted([[5, INSTANT_FORMS[0]], [2, INSTANT_FORMS[1]], [1, INSTANT_FORMS[2]], [1, INSTANT_FORMS[3]]]),
    codesAsNumbers: system.percent(30),
  };
}

/** Coded parts for the other services, plausible and of no weight for 2.1. */
export function drawParts(random: SeededRandom, { fee }: SampleProcedure): CodedParts {
  return {
    hasDigitised: random.percent(55),
    reused: random.percent(8),
    fromPersonalStore: random.percent(2),
    identityVerified: random.percent(40),
    populationDatabase: random.percent(20),
    electronicResult: random.percent(72),
    paidOnline: fee === 0 || random.percent(16) ? 0 : random.percent(40) ? 1 : 2,
  };
}

/** The last instant at which anything about the period is recorded: three days after its end. */
export function lastRecordingOf(period: Period): Instant {
  return instantOf(period.end + 3 * 86_400_000);
}
