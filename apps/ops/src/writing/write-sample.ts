import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReferenceRecords, SamplePetition, SampleRating, SampleWaiver } from '@index766/sample';
import type { ChosenSample } from '../choosing/chosen-sample';
import { OpsFailure } from '../failure';
import type { Progress } from '../loading/progress';
import { figuresCsv, proceduresCsv, unitsCsv } from './reference-csv';

/** Says that a folder is a written sample, which may be written over. */
const MARKER = 'sample.json';

/**
 * Writes a sample into a folder: `pushes/CCCC-PPPP.json` (cohort, push: in the order of their names they can be sent as
 * they are), `ratings.json`, `petitions.json` and `waivers.json`, `reference/` as the catalog takes it (CSV for its imports, JSON for the
 * rest), and what it is made of.
 * Answers the number of pushes.
 */
export async function writeSample(chosen: ChosenSample, seed: number, folder: string, progress: Progress): Promise<number> {
  await makeRoom(folder);
  const { sample } = chosen;
  await writeReference(sample.reference, path.join(folder, 'reference'));
  const pushFolder = path.join(folder, 'pushes');
  await mkdir(pushFolder);
  let [pushes, dossiers] = [0, 0];
  const ratings: SampleRating[] = [];
  const petitions: SamplePetition[] = [...sample.petitions];
  const waivers: SampleWaiver[] = [];
  for (const cohort of sample.cohorts()) {
    ratings.push(...cohort.ratings);
    petitions.push(...cohort.petitions);
    waivers.push(...cohort.waivers);
    for (const [index, push] of cohort.pushes.entries()) {
      await writeFile(path.join(pushFolder, `${fourDigits(cohort.number)}-${fourDigits(index + 1)}.json`), `${JSON.stringify(push)}\n`);
      pushes += 1;
    }
    dossiers += cohort.dossiers;
    progress.update(dossiers);
  }
  progress.finish();
  await writeFile(path.join(folder, 'ratings.json'), jsonText(ratings));
  await writeFile(path.join(folder, 'petitions.json'), jsonText(petitions));
  await writeFile(path.join(folder, 'waivers.json'), jsonText(waivers));
  const { period, units } = sample;
  await writeFile(path.join(folder, MARKER), jsonText({
    figures: chosen.name, period: period.name, seed, dossiers: sample.dossiers, pushes,
    units: units.filter(({ parent }) => parent !== null).map(({ code, name, level, onTime, dossiers: all, counts, petitions }) => ({
      code, name, level, onTime, dossiers: all, ...counts, petitions,
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
  for (const name of [MARKER, 'pushes', 'reference', 'ratings.json', 'petitions.json', 'waivers.json']) await rm(path.join(folder, name), { recursive: true, force: true });
}

async function writeReference({ units, procedures, figures, calendar, officers }: ReferenceRecords, folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(path.join(folder, 'units.csv'), unitsCsv(units));
  await writeFile(path.join(folder, 'procedures.csv'), proceduresCsv(procedures));
  await writeFile(path.join(folder, 'reported-figures.csv'), figuresCsv(figures));
  await writeFile(path.join(folder, 'calendar.json'), jsonText(calendar));
  await writeFile(path.join(folder, 'officers.json'), jsonText(officers));
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function fourDigits(number: number): string {
  return String(number).padStart(4, '0');
}
