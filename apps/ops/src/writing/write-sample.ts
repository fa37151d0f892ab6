import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReferenceRecords } from '@index766/sample';
import type { ChosenSample } from '../choosing/chosen-sample';
import { OpsFailure } from '../failure';
import type { Progress } from '../loading/progress';

/** Says that a folder is a written sample, which may be written over. */
const MARKER = 'sample.json';

/**
 * Writes a sample into a folder: `pushes/CCCC-PPPP.json` (cohort, push: in the order of their names they can be sent as
 * they are), `reference/` as the catalog takes it (CSV for its imports, JSON for the rest), and what it is made of.
 * Answers the number of pushes.
 */
export async function writeSample(chosen: ChosenSample, seed: number, folder: string, progress: Progress): Promise<number> {
  await makeRoom(folder);
  const { sample } = chosen;
  await writeReference(sample.reference, path.join(folder, 'reference'));
  const pushFolder = path.join(folder, 'pushes');
  await mkdir(pushFolder);
  let [pushes, dossiers] = [0, 0];
  for (const cohort of sample.cohorts()) {
    for (const [index, push] of cohort.pushes.entries()) {
      await writeFile(path.join(pushFolder, `${fourDigits(cohort.number)}-${fourDigits(index + 1)}.json`), `${JSON.stringify(push)}\n`);
      pushes += 1;
    }
    dossiers += cohort.dossiers;
    progress.update(dossiers);
  }
  progress.finish();
  const { period, units } = sample;
  await writeFile(path.join(folder, MARKER), jsonText({
    figures: chosen.name, period: period.name, seed, dossiers: sample.dossiers, pushes,
    units: units.filter(({ parent }) => parent !== null).map(({ code, name, level, onTime, dossiers: all, received, online }) => ({
      code, name, level, onTime, dossiers: all, received, online,
    })),
  }));
  return pushes;
}

async function makeRoom(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  if (entries.length > 0 && !entries.includes(MARKER)) {
    throw new OpsFailure(`${folder} has other files in it: give --out a new or an empty folder.`);
  }
  for (const name of [MARKER, 'pushes', 'reference']) await rm(path.join(folder, name), { recursive: true, force: true });
}

async function writeReference({ units, procedures, calendar, officers }: ReferenceRecords, folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(path.join(folder, 'units.csv'), csvText(
    ['code', 'name', 'level', 'parent', 'validFrom'], units.map((unit) => [unit.code, unit.name, unit.level, unit.parent, unit.validFrom]),
  ));
  await writeFile(path.join(folder, 'procedures.csv'), csvText(
    ['code', 'name', 'termKind', 'termAmount', 'pauseOnFinancialObligation', 'validFrom'],
    procedures.map(({ code, name, term, pauseOnFinancialObligation, validFrom }) => [
      code, name, term?.kind ?? null, term?.amount ?? null, pauseOnFinancialObligation, validFrom,
    ]),
  ));
  await writeFile(path.join(folder, 'calendar.json'), jsonText(calendar));
  await writeFile(path.join(folder, 'officers.json'), jsonText(officers));
}

function csvText(titles: readonly string[], rows: readonly (readonly (string | number | boolean | null)[])[]): string {
  return [titles, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}
