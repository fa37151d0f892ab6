import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { parsePeriod } = require('@index766/kernel');
const { checkConsistency, generateSample, monthlyRows, parseFigures, sampleUnitsOf, unitPlacesIn } = require('@index766/sample');

const FIGURES = path.join(path.dirname(require.resolve('@index766/sample/package.json')), 'figures/phu-tho-2026.csv');
export const PERIOD = '2026-10';
const SEED = 766;
/** Small, so that few dossiers are of many units. */
const COHORT_SIZE = 200;

const valueOf = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

function provinceSample() {
  const rows = monthlyRows(valueOf(parseFigures(fs.readFileSync(FIGURES, 'utf8'))));
  const places = unitPlacesIn(rows);
  const { rows: consistent } = checkConsistency(rows, places);
  const { units } = sampleUnitsOf(consistent, { kind: 'province' }, places);
  return valueOf(generateSample({ units, period: valueOf(parsePeriod(PERIOD)), seed: SEED, cohortSize: COHORT_SIZE }));
}

/**
 * Writes the province's month into a folder, ready to send, so that making it costs nothing while it is measured: the
 * cohorts of the first `wanted` dossiers as files of one push a line, then `spare` dossiers more that are held back.
 * Answers { dossiers, cohorts: [{ file, dossiers }], spare: [{ unit, push }] }: each spare push is the last word of
 * the source on one dossier.
 */
export function writePushes(folder, wanted, spare) {
  fs.mkdirSync(folder, { recursive: true });
  const cohorts = [];
  const heldBack = [];
  let dossiers = 0;
  for (const cohort of provinceSample().cohorts()) {
    if (dossiers >= wanted) {
      if (heldBack.length >= spare) break;
      heldBack.push(...lastWords(cohort));
      continue;
    }
    const file = path.join(folder, `${cohort.number}.jsonl`);
    fs.writeFileSync(file, cohort.pushes.map((push) => JSON.stringify(push)).join('\n'));
    cohorts.push({ file, dossiers: cohort.dossiers });
    dossiers += cohort.dossiers;
  }
  return { dossiers, cohorts, spare: heldBack };
}

function lastWords({ pushes }) {
  const elements = pushes.filter(({ service }) => service === 'DongBoHoSoMC').flatMap(({ data }) => data);
  const last = new Map(elements.map((element) => [element.MaHoSo, element]));
  return [...last.values()].map((element) => ({
    unit: element.DonViXuLy,
    push: JSON.stringify({ service: 'DongBoHoSoMC', isUpdating: 'false', data: [element] }),
  }));
}
