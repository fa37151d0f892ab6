import { parsePeriod, type Period } from '@index766/kernel';
import { checkConsistency, type Inconsistency } from './figures/consistency';
import { isCounted, monthlyRows, type FigureRow } from './figures/figure-row';
import { parseFigures } from './figures/parse-figures';
import { sampleUnitsOf } from './figures/sample-units';
import { unitPlacesIn } from './figures/unit-places';
import { generateSample } from './generate-sample';
import { plainFigures } from './test/plain-figures';
import { randomFigures, SIZES, writeFile, type FileRow } from './test/random-figures';

/** More for a longer run: `SAMPLE_FILES=500 npx jest …`. */
const FILES = Number(process.env['SAMPLE_FILES'] ?? 12);
const MONTHS = ['2026-10', '2026-02', '2026-12', '2024-04'];
const seeds = (name: string) => Array.from({ length: FILES }, (_, index) => `${name} ${index}`);

const period = (index: number): Period => {
  const parsed = parsePeriod(MONTHS[index % MONTHS.length] ?? '');
  if (!parsed.ok) throw new Error('no month');
  return parsed.value;
};

interface Outcome {
  readonly rows: readonly FigureRow[];
  readonly inconsistencies: readonly Inconsistency[];
  readonly differences: readonly string[];
}

/** What a file comes to, counted from nothing but what is loaded. */
const outcomeOf = (rows: readonly FileRow[], seed: string, index: number): Outcome => {
  const file = parseFigures(writeFile(rows, seed));
  if (!file.ok) throw new Error(`${seed}: ${JSON.stringify(file.error)}`);
  const monthly = monthlyRows(file.value);
  const places = unitPlacesIn(monthly);
  const { rows: kept, inconsistencies } = checkConsistency(monthly, places);
  const { units, skipped } = sampleUnitsOf(kept, { kind: 'province' }, places);
  const sample = generateSample({ units, period: period(index), seed: index });
  if (!sample.ok) throw new Error(sample.error.detail);
  const figures = plainFigures(sample.value);
  const isSkipped = new Set<string>(skipped.map(({ unit }) => unit));
  const hasProgress = new Set(kept.flatMap(({ unit, indicator }) => (indicator === '2.1' ? [unit] : [])));
  const differences = kept.filter(isCounted).filter(({ unit }) => hasProgress.has(unit) && !isSkipped.has(unit)).flatMap(({ unit, indicator, numerator, denominator }) => {
    const [n, d] = figures.get(unit)?.get(indicator) ?? [0, 0];
    return n === numerator && d === denominator ? [] : [`${seed}: ${unit} ${indicator} ${numerator}/${denominator} came out as ${n}/${d}`];
  });
  return { rows: kept, inconsistencies, differences };
};

/** How one row has to be changed to break a rule of index-766.md §7, and what it breaks. */
const BREAKS: readonly (readonly [rule: RegExp, indicator: string, change: (row: FileRow) => FileRow])[] = [
  [/^2\.1 n ≤ d$/, '2.1', (row) => ({ ...row, numerator: String(Number(row['denominator']) + 1) })],
  [/^3\.6 n ≤ d$/, '3.6', (row) => ({ ...row, numerator: String(Number(row['denominator']) + 1) })],
  [/^4\.3 d = 2\.1 d$/, '4.3', (row) => ({ ...row, denominator: String(Number(row['denominator']) + 1) })],
  [/^5\.2 d = 5\.3 d$/, '5.3', (row) => ({ ...row, denominator: String(Number(row['denominator']) + 1) })],
  [/^3\.3 d ≤ 2\.1 d$/, '3.3', (row) => ({ ...row, denominator: '99999' })],
  [/no unit above its parent$|^4\.5a n/, '4.5a', (row) => ({ ...row, denominator: '99999' })],
];

describe('files of other units and other figures, in the ways in which programs write them', () => {
  it.each([['of any size, down to none', SIZES.any], ['of the usual size', SIZES.usual]])(
    'come out row by row, of offices %s, and hardly a row is left out', (name, sizes) => {
      const outcomes = seeds(name).map((seed, index) => outcomeOf(randomFigures(seed, sizes), seed, index));
      expect(outcomes.flatMap(({ differences }) => differences)).toEqual([]);
      const reasons = outcomes.flatMap(({ inconsistencies }) => inconsistencies);
      // Dossiers come to these figures, so that no rule is broken; which do is not always found where a few carry everything.
      expect(reasons.filter(({ rule }) => !/: its (?:units can make it up|dossiers can carry it)/.test(rule))).toEqual([]);
      expect(reasons.length / outcomes.flatMap(({ rows }) => rows).length).toBeLessThan(0.01);
    });

  it('lose the rows that break a rule, with the rule, and the rest comes out', () => {
    let broken = 0;
    for (const [index, seed] of seeds('broken').entries()) {
      const [rule, indicator, change] = BREAKS[index % BREAKS.length] ?? [/^$/, '', (row: FileRow) => row];
      const rows = randomFigures(seed, SIZES.any);
      const place = rows.findIndex((row) => row['indicator'] === indicator && row['level'] !== 'PROVINCE');
      const row = rows[place];
      if (row === undefined) continue;
      const { inconsistencies, differences } = outcomeOf([...rows.slice(0, place), change(row), ...rows.slice(place + 1)], seed, index);
      expect(differences).toEqual([]);
      const partner = indicator === '5.3' ? '5.2' : indicator === '4.3' || indicator === '3.3' ? '2.1' : indicator;
      const canBreak = rows.some((other) => other['unit_code'] === row['unit_code'] && other['indicator'] === partner)
        && (indicator !== '4.5a' || rows.some((other) => other['level'] === 'PROVINCE' && other['indicator'] === '4.5a'));
      if (!canBreak) continue;
      expect(inconsistencies.filter((each) => rule.test(each.rule))).not.toEqual([]);
      broken += 1;
    }
    expect(broken).toBeGreaterThan(FILES / 3);
  });
});
