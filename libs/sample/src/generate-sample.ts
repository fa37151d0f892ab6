import { ok, refused, type Period, type Result, type UnitCode } from '@index766/kernel';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { arrivalsOfBystander } from './dossier/bystanders';
import { LEAST_OFFICE_TIME } from './dossier/draw-timeline';
import { officersOf } from './dossier/officers';
import { SAMPLE_PROCEDURES, type SampleProcedure } from './dossier/procedures';
import { arrivalsOfDossier, lastRecordingOf, type DossierRole, type UnitScene } from './dossier/sample-dossier';
import type { SampleUnit } from './figures/sample-units';
import { buildPushes } from './push/build-pushes';
import type { Push } from './push/push';
import { SeededRandom } from './random';
import { referenceOf, type ReferenceRecords } from './reference';

export interface SampleOptions {
  readonly units: readonly SampleUnit[];
  readonly period: Period;
  readonly seed: number;
  /** Dossiers of one cohort; 1,000 unless given. One cohort is in memory at a time. */
  readonly cohortSize?: number;
}

/**
 * Dossiers of all units, mixed, with everything that is pushed about them. No other cohort has anything of them, so
 * cohorts may be sent side by side; the pushes of one cohort are sent one after the other.
 */
export interface Cohort {
  readonly number: number;
  readonly dossiers: number;
  readonly pushes: readonly Push[];
}

export interface Sample {
  readonly reference: ReferenceRecords;
  readonly units: readonly SampleUnit[];
  readonly period: Period;
  /** Dossiers that are pushed: those of 2.1 and some that no figure counts. */
  readonly dossiers: number;
  readonly cohorts: () => Iterable<Cohort>;
}

const COHORT_SIZE = 1_000;
/** Of 1,000 dossiers of 2.1, how many more are pushed that it does not count. */
const BYSTANDERS = 15;

/**
 * A month (or any period of whole days with half an office day in it) of pushes in the national format from which 2.1 of
 * each unit comes out exactly as its `onTime` / `dossiers`. The same options give the same bytes. Refuses
 * (`SAMPLE.PERIOD_TOO_SHORT`) a period without enough office time.
 */
export function generateSample(options: SampleOptions): Result<Sample> {
  const { units, period } = options;
  const calendar = calendarFor(VIETNAM_CALENDAR, []);
  if (calendar.workingMillisecondsBetween(period.start, period.end) < LEAST_OFFICE_TIME) {
    return refused('SAMPLE.PERIOD_TOO_SHORT', 'a sample needs a period with at least four office hours', 'period');
  }
  const populations = units.filter(({ dossiers }) => dossiers > 0).map((unit) => populationOf(unit, units, options));
  const dossiers = populations.reduce((sum, { size }) => sum + size, 0);
  return ok({
    reference: referenceOf(units, period), units, period, dossiers,
    cohorts: () => cohortsOf(populations, dossiers, options),
  });
}

/** The dossiers of a unit by their place in its figures: first those of 2.1, on-time ones before late ones, then the others. */
interface Population {
  readonly scene: UnitScene;
  readonly size: number;
  readonly roleOf: (index: number) => DossierRole | null;
}

function populationOf(unit: SampleUnit, units: readonly SampleUnit[], { period, seed }: SampleOptions): Population {
  const level = unit.level === 'DEPARTMENT' ? 'DEPARTMENT' : 'COMMUNE';
  const procedures = SAMPLE_PROCEDURES.filter(({ levels, term }) => term !== null && levels.includes(level));
  const scene: UnitScene = {
    unit, period, procedures,
    calendar: calendarFor(VIETNAM_CALENDAR, chainOf(unit)),
    withoutTerm: procedureWithoutTerm(),
    officers: officersOf(unit.code, unit.level, unit.dossiers),
    otherUnits: units.filter(({ code, parent, dossiers }) => code !== unit.code && parent === unit.parent && dossiers > 0).map(({ code }) => code),
    lastRecordedAt: lastRecordingOf(period),
  };
  // Who was received in the period has nothing to do with who was on time.
  const places = new SeededRandom(`${seed} origins of ${unit.code}`).shuffle(Uint32Array.from({ length: unit.dossiers }, (_, index) => index));
  return {
    scene,
    size: unit.dossiers + Math.floor((unit.dossiers * BYSTANDERS) / 1000),
    roleOf: (index) => {
      const place = places[index];
      if (place === undefined) return null;
      return {
        verdict: index < unit.onTime ? 'on-time' : 'late',
        origin: place < unit.received ? 'received' : 'in-hand',
        online: place < unit.received ? place < unit.online : place % 10 !== 0,
      };
    },
  };
}

function* cohortsOf(populations: readonly Population[], dossiers: number, { seed, cohortSize = COHORT_SIZE }: SampleOptions): Generator<Cohort> {
  const order = new SeededRandom(`${seed} order`).shuffle(Uint32Array.from({ length: dossiers }, (_, index) => index));
  const firstOf = startsOf(populations);
  for (let start = 0, number = 1; start < order.length; start += cohortSize, number += 1) {
    const members = order.subarray(start, start + cohortSize);
    const arrivals = [...members].flatMap((member) => {
      const { population, index } = placeIn(populations, firstOf, member);
      const role = population.roleOf(index);
      const name = `${seed} ${population.scene.unit.code} ${index}`;
      return role === null ? arrivalsOfBystander(population.scene, member + 1, name) : arrivalsOfDossier(population.scene, role, member + 1, name);
    });
    yield { number, dossiers: members.length, pushes: buildPushes(arrivals, new SeededRandom(`${seed} pushes ${number}`)) };
  }
}

function startsOf(populations: readonly Population[]): readonly number[] {
  let start = 0;
  return populations.map(({ size }) => {
    start += size;
    return start - size;
  });
}

function placeIn(populations: readonly Population[], firstOf: readonly number[], member: number): { population: Population; index: number } {
  const at = firstOf.findLastIndex((first) => first <= member);
  const population = populations[at];
  if (population === undefined) throw new RangeError('a member of no population');
  return { population, index: member - (firstOf[at] ?? 0) };
}

function chainOf({ code, parent }: SampleUnit): readonly UnitCode[] {
  return parent === null ? [code] : [code, parent];
}

function procedureWithoutTerm(): SampleProcedure {
  const procedure = SAMPLE_PROCEDURES.find(({ term }) => term === null);
  if (procedure === undefined) throw new Error('the sample has a procedure without a term');
  return procedure;
}
