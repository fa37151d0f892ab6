import { instantOf, ok, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { arrivalsOfBystander, arrivalsOfPrepaid } from './dossier/bystanders';
import { LEAST_OFFICE_TIME } from './dossier/draw-timeline';
import { officersOf } from './dossier/officers';
import { SAMPLE_PROCEDURES, type SampleProcedure } from './dossier/procedures';
import { lastRecordingOf, tellDossier, type ToldDossier, type UnitScene } from './dossier/sample-dossier';
import { complaintsOf, placesOf, rolesOf } from './dossier/unit-roles';
import { petitionsOf, type SamplePetition } from './feedback/sample-petitions';
import type { SampleRating } from './feedback/sample-ratings';
import type { SampleUnit } from './figures/sample-units';
import type { SampleWaiver } from './payments/sample-waivers';
import { buildPushes } from './push/build-pushes';
import type { Push } from './push/push';
import { SeededRandom } from './random';
import { referenceOf, type ReferenceRecords } from './reference';

export interface SampleOptions {
  readonly units: readonly SampleUnit[];
  readonly period: Period;
  readonly seed: number;
  /** Dossiers of one cohort at most; 600 unless given. One cohort is in memory at a time. */
  readonly cohortSize?: number;
}

/**
 * Dossiers of one unit with everything that its one-stop system pushes about them. No other cohort has anything of them,
 * so cohorts may be sent side by side; the pushes of one cohort are sent one after the other.
 */
export interface Cohort {
  readonly number: number;
  readonly dossiers: number;
  readonly pushes: readonly Push[];
  /** Of its dossiers: once everything of it is pushed, they can be sent. */
  readonly ratings: readonly SampleRating[];
  /** Most are about its dossiers. */
  readonly petitions: readonly SamplePetition[];
  /** Of its dossiers, where figures ask for it: they can be sent once their fees are known. */
  readonly waivers: readonly SampleWaiver[];
}

export interface Sample {
  readonly reference: ReferenceRecords;
  readonly units: readonly SampleUnit[];
  readonly period: Period;
  /** Dossiers that are pushed: those of 2.1 and some that no figure counts. */
  readonly dossiers: number;
  /** Nothing of the sample is stated to have been recorded later: it can be loaded from then on. */
  readonly lastRecordedAt: Instant;
  readonly cohorts: () => Iterable<Cohort>;
  /** All but those that come with a cohort. */
  readonly petitions: readonly SamplePetition[];
}

const COHORT_SIZE = 600;
/** Of 1,000 dossiers of 2.1, how many more are pushed that it does not count. */
const BYSTANDERS = 15;

/**
 * A month (or any period of whole days with half an office day in it) of pushes in the national format, ratings, petitions
 * and reference records, from which every figure of each unit comes out exactly. The same options give the same bytes. Refuses
 * (`SAMPLE.PERIOD_TOO_SHORT`) a period without enough office time.
 */
export function generateSample(options: SampleOptions): Result<Sample> {
  const { units, period } = options;
  const calendar = calendarFor(VIETNAM_CALENDAR, []);
  if (calendar.workingMillisecondsBetween(period.start, period.end) < LEAST_OFFICE_TIME) {
    return refused('SAMPLE.PERIOD_TOO_SHORT', 'a sample needs a period with at least four office hours', 'period');
  }
  const populations = units.map((unit) => populationOf(unit, units, options)).filter(({ size }) => size > 0);
  const dossiers = populations.reduce((sum, { size }) => sum + size, 0);
  return ok({
    reference: referenceOf(units, period), units, period, dossiers, lastRecordedAt: instantOf(lastRecordingOf(period) + 60_000),
    cohorts: () => cohortsOf(populations, options),
    petitions: units.flatMap((unit) => petitionsOf(unit, period, calendarFor(VIETNAM_CALENDAR, chainOf(unit)), options.seed).slice(complaintsOf(unit))),
  });
}

/** The dossiers of a unit: first those of 2.1, on-time ones before late ones, then the others. */
interface Population {
  readonly scene: UnitScene;
  readonly size: number;
  readonly tell: () => (index: number, number: number) => ToldDossier;
}

function populationOf(unit: SampleUnit, units: readonly SampleUnit[], { period, seed }: SampleOptions): Population {
  const level = unit.level === 'DEPARTMENT' ? 'DEPARTMENT' : 'COMMUNE';
  const scene: UnitScene = {
    unit, period,
    procedures: SAMPLE_PROCEDURES.filter(({ levels, term }) => term !== null && levels.includes(level)),
    calendar: calendarFor(VIETNAM_CALENDAR, chainOf(unit)),
    withoutTerm: procedureWithoutTerm(),
    officers: officersOf(unit.code, unit.level, unit.dossiers),
    otherUnits: units.filter(({ code, parent, dossiers }) => code !== unit.code && parent === unit.parent && dossiers > 0).map(({ code }) => code),
    lastRecordedAt: lastRecordingOf(period),
    petitions: petitionsOf(unit, period, calendarFor(VIETNAM_CALENDAR, chainOf(unit)), seed),
  };
  const { dossiers, procedures: { paidBeforeReceipt } } = unit;
  const bystanders = Math.floor((dossiers * BYSTANDERS) / 1000);
  return {
    scene,
    size: dossiers + bystanders + paidBeforeReceipt.length,
    tell: () => {
      const roleOf = rolesOf(unit, unit.code, seed);
      return (index, number) => {
        const name = `${seed} ${unit.code} ${index}`;
        if (index < dossiers) return tellDossier(scene, roleOf(index), number, name);
        const code = paidBeforeReceipt[index - dossiers - bystanders];
        return { arrivals: code === undefined ? arrivalsOfBystander(scene, number, name) : arrivalsOfPrepaid(scene, code, number, name), rating: null, petition: null, waiver: null };
      };
    },
  };
}

/** Places in a population, in the order in which its dossiers are numbered. */
interface Batch {
  readonly population: Population;
  readonly members: Uint32Array;
  readonly firstNumber: number;
}

function* cohortsOf(populations: readonly Population[], options: SampleOptions): Generator<Cohort> {
  const { seed } = options;
  for (const [index, { population, members, firstNumber }] of batchesOf(populations, options).entries()) {
    const tell = population.tell();
    const told = [...members].map((member, place) => tell(member, firstNumber + place));
    const arrivals = told.flatMap((dossier) => dossier.arrivals);
    yield {
      number: index + 1, dossiers: members.length, pushes: buildPushes(arrivals, new SeededRandom(`${seed} pushes ${index + 1}`)),
      ratings: told.flatMap(({ rating }) => rating ?? []), petitions: told.flatMap(({ petition }) => petition ?? []),
      waivers: told.flatMap(({ waiver }) => waiver ?? []),
    };
  }
}

/** All dossiers of all units in batches of one unit each, in no particular order. */
function batchesOf(populations: readonly Population[], { seed, cohortSize = COHORT_SIZE }: SampleOptions): readonly Batch[] {
  const batches: Batch[] = [];
  let numbered = 0;
  for (const population of populations) {
    const order = new SeededRandom(`${seed} order of ${population.scene.unit.code}`).shuffle(placesOf(population.size));
    for (let start = 0; start < order.length; start += cohortSize) {
      batches.push({ population, members: order.subarray(start, start + cohortSize), firstNumber: numbered + start + 1 });
    }
    numbered += order.length;
  }
  return new SeededRandom(`${seed} order`).shuffle(batches);
}

function chainOf({ code, parent }: SampleUnit): readonly UnitCode[] {
  return parent === null ? [code] : [code, parent];
}

function procedureWithoutTerm(): SampleProcedure {
  const procedure = SAMPLE_PROCEDURES.find(({ term }) => term === null);
  if (procedure === undefined) throw new Error('the sample has a procedure without a term');
  return procedure;
}
