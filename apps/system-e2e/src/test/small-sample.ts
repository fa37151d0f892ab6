import { readFileSync } from 'node:fs';
import path from 'node:path';
import { formatLocalDay, addDays, parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import {
  checkConsistency, generateSample, monthlyRows, parseFigures, sampleUnitsOf, type Cohort, type Push, type ReferenceRecords,
  type Sample,
} from '@index766/sample';

export const PROVINCE = 'H44';
/** A few small units of the shipped figures: two communes, two departments, one of these with hardly a dossier. */
export const UNITS = ['H44.13', 'H44.159', 'H44.165', 'H44.20'] as readonly string[] as readonly UnitCode[];
export const MONTH = '2026-10';
/** Every week that has a day of the month. */
export const WEEKS = ['2026-W40', '2026-W41', '2026-W42', '2026-W43', '2026-W44'] as const;

/** A week in the middle: its sources were heard after it. */
export const PUBLISHED_WEEK = '2026-W43';

/** By these the operator commands know which sample is meant. */
export const SAMPLE_ARGUMENTS = ['--period', MONTH, '--units', UNITS.join(',')] as const;

/** Seed of the operator commands. */
const SEED = 766;

/** Each day of the month as a period of its own. */
export function daysOfMonth(): readonly string[] {
  const { firstDay, lastDay } = month();
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => formatLocalDay(addDays(firstDay, index))).map((day) => `${day}..${day}`);
}

/** The pushes that `load` sends, in its order: the same options give the same bytes. */
export function samplePushes(): readonly Push[] {
  return sampleCohorts().flatMap(({ pushes }) => pushes);
}

/** The same pushes by cohort: no other cohort has anything of its dossiers. */
export function sampleCohorts(): readonly Cohort[] {
  return [...sample().cohorts()];
}

export function sampleReference(): ReferenceRecords {
  return sample().reference;
}

/** The published row of 2.1 of each unit. */
export function publishedOnTime(): readonly { readonly unit: string; readonly numerator: number; readonly denominator: number }[] {
  const isOurs = (row: { unit: UnitCode; indicator: string }) => UNITS.includes(row.unit) && row.indicator === '2.1';
  return figures().filter(isOurs).map(({ unit, numerator, denominator }) => {
    if (numerator === null || denominator === null) throw new Error(`the figures have no 2.1 of ${unit}`);
    return { unit, numerator, denominator };
  });
}

function sample(): Sample {
  const { units } = sampleUnitsOf(figures(), { kind: 'units', units: UNITS });
  const made = generateSample({ units, period: month(), seed: SEED });
  if (!made.ok) throw new Error(made.error.detail);
  return made.value;
}

function figures() {
  const file = path.join(path.dirname(require.resolve('@index766/sample/package.json')), 'figures', 'phu-tho-2026.csv');
  const parsed = parseFigures(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error(`${file} is not readable`);
  return checkConsistency(monthlyRows(parsed.value)).rows;
}

function month(): Period {
  const period = parsePeriod(MONTH);
  if (!period.ok) throw new Error(period.error.detail);
  return period.value;
}
