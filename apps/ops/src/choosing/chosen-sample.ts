import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  checkConsistency, describeFault, generateSample, monthlyRows, parseFigures, sampleUnitsOf, unitPlacesIn, type FigureRow,
  type Inconsistency, type Sample, type SampleUnits, type UnitPlaces,
} from '@index766/sample';
import { codeOf, OpsFailure } from '../failure';
import type { SampleChoice } from './sample-options';
import { scopeOf } from './sample-scope';

export interface ReadFigures {
  /** Name of the file, for the reader. */
  readonly name: string;
  /** The file's month of every procedure, without rows that break a rule. */
  readonly rows: readonly FigureRow[];
  /** Where its units hang, by all rows of the month. */
  readonly places: UnitPlaces;
  readonly inconsistencies: readonly Inconsistency[];
}

export interface ChosenSample extends ReadFigures {
  readonly sample: Sample;
  readonly skipped: SampleUnits['skipped'];
}

const SHIPPED_FIGURES = 'figures/phu-tho-2026.csv';

/** The monthly rows of the chosen file, or of the one that ships. */
export async function readFigures(choice: Pick<SampleChoice, 'figuresFile'>): Promise<ReadFigures> {
  const rows = await readPortalRows(choice);
  const places = unitPlacesIn(rows);
  const { rows: consistent, inconsistencies } = checkConsistency(rows, places);
  return { name: path.basename(fileOf(choice)), rows: consistent, places, inconsistencies };
}

/** The same rows with those that break a rule: as they were published. */
export async function readPortalRows(choice: Pick<SampleChoice, 'figuresFile'>): Promise<readonly FigureRow[]> {
  const told = choice.figuresFile ?? SHIPPED_FIGURES;
  const parsed = parseFigures(await readText(fileOf(choice)));
  if (!parsed.ok) throw new OpsFailure(`${told} cannot be used: ${parsed.error.map(describeFault).join('; ')}.`);
  const rows = monthlyRows(parsed.value);
  if (rows.length === 0) throw new OpsFailure(`${told} has no rows with period month and scope all.`);
  return rows;
}

function fileOf({ figuresFile }: Pick<SampleChoice, 'figuresFile'>): string {
  return figuresFile ?? path.join(path.dirname(require.resolve('@index766/sample/package.json')), SHIPPED_FIGURES);
}

/** The sample that the options mean. */
export async function chooseSample(choice: SampleChoice): Promise<ChosenSample> {
  const figures = await readFigures(choice);
  const { rows, places } = figures;
  const { units, skipped } = sampleUnitsOf(rows, scopeOf(choice, rows, places), places);
  if (!units.some(({ level }) => level !== 'PROVINCE' && level !== 'MINISTRY')) throw new OpsFailure(reasonForNone(choice, figures, skipped));
  const sample = generateSample({ units, period: choice.period, seed: choice.seed });
  if (!sample.ok) throw new OpsFailure(`The sample cannot be made: ${sample.error.detail}.`);
  return { ...figures, sample: sample.value, skipped };
}

function reasonForNone({ units }: SampleChoice, figures: ReadFigures, skipped: SampleUnits['skipped']): string {
  const remarks = remarksOf(figures, skipped).map((remark) => ` ${remark}.`).join('');
  return units === undefined
    ? `${figures.name} has no unit to make a sample of: none has a usable row of 2.1 with dossiers for the month and all procedures.${remarks}`
    : `None of the units ${units.join(', ')} is one below a province or a ministry with a usable row of 2.1 in ${figures.name}.${remarks}`;
}

/** What is said about figures that were left out: a line for each broken rule and each row without dossiers, and one for each reason to skip units. */
export function remarksOf({ inconsistencies }: Pick<ReadFigures, 'inconsistencies'>, skipped: SampleUnits['skipped'] = []): readonly string[] {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  return [
    ...inconsistencies.map(remarkOf),
    ...reasons.map((reason) => `Skipped, ${reason}: ${skipped.filter((each) => each.reason === reason).map(({ unit }) => unit).join(', ')}`),
  ];
}

function remarkOf({ rule, notFound, why, unit, detail, excluded }: Inconsistency): string {
  const rows = excluded.join(', ');
  return notFound === true
    ? `${unit}: the sample finds no dossiers for ${rows} (${detail}), which need not be the file's fault; left out: ${rows}. What makes it hard: index-766.md ${why}`
    : `${unit}: the figures break "${rule}" (${detail}); left out: ${rows}. Why: index-766.md ${why}`;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new OpsFailure(codeOf(error) === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read.`);
  }
}
