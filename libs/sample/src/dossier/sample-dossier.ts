import { civilDateOf, instantOf, localDayOf, type Instant, type Period } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';
import type { SamplePetition } from '../feedback/sample-petitions';
import { drawRating, type SampleRating } from '../feedback/sample-ratings';
import type { SampleUnit } from '../figures/sample-units';
import { waiverOf, type SampleWaiver } from '../payments/sample-waivers';
import { snapshotArrivals, stepArrivals, type Arrival } from '../push/arrivals';
import { makeMistake } from '../push/mistakes';
import { drawParts, type CodedParts } from '../push/coded-parts';
import { feeCode, type Rendering } from '../push/render-ho-so';
import { tellSnapshots } from '../push/snapshots';
import { INSTANT_FORMS } from '../push/source-format';
import { SeededRandom } from '../random';
import { drawTimeline } from './draw-timeline';
import type { UnitOfficers } from './officers';
import { procedureOf, type SampleProcedure } from './procedures';
import { lastSecond, type Scene } from './scene';
import { drawSteps } from './steps';
import { drawSurroundings } from './surroundings';
import type { DossierRole } from './unit-roles';

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
  /** Those that the unit received. */
  readonly petitions: readonly SamplePetition[];
}

const UNDETERMINED_FROM = 300;

/** What comes of one dossier: what is pushed about it, its rating, a petition of its unit that may be about it. */
export interface ToldDossier {
  readonly arrivals: readonly Arrival[];
  readonly rating: SampleRating | null;
  readonly petition: SamplePetition | null;
  readonly waiver: SampleWaiver | null;
}

/**
 * Everything that is said of one dossier of 2.1. It is a function of the seed text alone: the same dossier comes
 * out whatever else is made.
 *
 * @param number counts the dossiers of the sample from 1; it keeps codes and made-up applicants apart.
 */
export function tellDossier(scene: UnitScene, role: DossierRole, number: number, seed: string): ToldDossier {
  const unlinked = role.petition === null ? undefined : scene.petitions[role.petition];
  const random = new SeededRandom(seed);
  const drawn: Scene = {
    ...scene, random, origin: role.origin, hasFee: role.hasFee, hasResult: role.electronicResult,
    procedures: role.procedure === null ? scene.procedures : [procedureOf(role.procedure)],
  };
  const timeline = drawTimeline(drawn, role.verdict, role.procedure === null && scene.unit.dossiers >= UNDETERMINED_FROM);
  const surroundings = drawSurroundings(drawn, timeline, { online: role.online, isEarly: role.paysBefore });
  const { procedure } = timeline;
  const rendering = renderingOf(scene, procedure, drawParts(random, role, procedure), surroundings.submittedAt, number);
  const sending = { random, rendering, lastRecordedAt: scene.lastRecordedAt };
  const told = makeMistake(
    tellSnapshots({ random, unit: scene.unit.code, timeline, surroundings, lastRecordedAt: scene.lastRecordedAt }),
    { random, period: scene.period, timeline, otherUnits: scene.otherUnits },
  );
  // The first word of a payment dates it, so that none may overtake it.
  const snapshots = snapshotArrivals(told.snapshots, told.isConflicting || role.paysBefore, sending);
  // Nobody complains of a dossier before it is there: then a rating says it.
  const isAbout = unlinked !== undefined && unlinked.receivedAt > timeline.receivedAt;
  const petition = isAbout ? { ...unlinked, about: { ...unlinked.about, dossier: rendering.id } } : unlinked ?? null;
  const rating = drawRating(new SeededRandom(`${seed} rating`), {
    dossier: rendering.id, dissatisfied: role.dissatisfied && !isAbout, receivedAt: timeline.receivedAt, period: scene.period,
  });
  const waiver = role.waived ? waiverOf({ dossier: rendering.id, fee: feeCode(procedure), receivedAt: timeline.receivedAt, period: scene.period }) : null;
  // Balancing units appear in no list, so nobody works in them.
  if (scene.officers === null) return { arrivals: snapshots, rating, petition, waiver };
  const until = timeline.end?.at ?? lastSecond(drawn);
  const steps = drawSteps({ random, calendar: scene.calendar, timeline }, scene.officers, role.verdict, until);
  return { arrivals: [...snapshots, ...stepArrivals(steps, sending)], rating, petition, waiver };
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

/** The last instant at which anything about the period is recorded: three days after its end. */
export function lastRecordingOf(period: Period): Instant {
  return instantOf(period.end + 3 * 86_400_000);
}
