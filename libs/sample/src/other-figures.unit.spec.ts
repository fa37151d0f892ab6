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
/** Of the rows of random files (ADR 0151). */
const MOST_LEFT_OUT = 1 / 4_000;
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
      expect(reasons.filter(({ notFound }) => notFound !== true)).toEqual([]);
      expect(reasons.length / outcomes.flatMap(({ rows }) => rows).length).toBeLessThan(MOST_LEFT_OUT);
    });

  it.each<[string, number]>([
    ['one draw of the sample reaches every figure and another one does not', 229], ['one draw does, of another file', 331],
    ['only a later draw reaches every figure', 231], ['a province has no row of 4.1, and its 4.2 is more than its units usually leave', 241],
    ['all that a province has of 4.1 is needed for its 4.2', 725], ['a procedure that is paid for in a unit has a fee for its province alone', 509],
    ['the same, paid for by somebody whose dossier nobody received yet', 356], ['no row says which procedures have a fee', 107],
    ['nearly every dossier owes a fee, and further procedures count that must not have one', 428], ['the same, of very few dossiers', 269],
  ])('come out where %s', (_case, index) => {
    const name = `of any size, down to none ${index}`;
    const { inconsistencies, differences } = outcomeOf(randomFigures(name, SIZES.any), name, index);
    expect([inconsistencies, differences]).toEqual([[], []]);
  });

  const rowsOf = (unit: string, level: string, figures: Readonly<Record<string, string>>): readonly FileRow[] => Object.entries(figures).map(([indicator, text]) => {
    const [counts = '', points = ''] = text.split(' ');
    const [numerator = '', denominator = ''] = counts.split('/');
    return { period: 'month', scope: 'all', unit_code: unit, unit_name: `Xã ${unit}`, level, indicator, numerator, denominator, points, max: '' };
  });
  const everything = (n: number, stocks: number): Readonly<Record<string, string>> => ({
    '1.1': '0/0', '1.2': '0/0', '1.3': '0/0', '3.1': '0/0', '1.4': `${n}/${n} 6`, '2.1': `${n}/${n}`, '3.2': `${stocks}/${stocks}`, '3.3': `${n}/${n}`, '3.5a': `${stocks}/${stocks}`,
    '3.5b': `${stocks}/${stocks}`, '3.6': `${n}/${n}`, '4.1': `${n}/${n}`, '4.2': `${n}/${n}`, '4.3': `${n}/${n}`, '4.4': `${n}/${n}`, '4.5a': `${stocks}/${stocks}`, '4.5b': `${n}/${n}`,
    '4.6': ' 2', '5.1-STAFF': '0/4', '5.1-TTHC': '4/4', '5.2': '4/4 6', '5.3': '4/4 6', '5.4': `${n}/${n}`,
  });
  const nothing = Object.fromEntries(Object.entries(everything(0, 0)).map(([id, text]) => [id, id.startsWith('5.') ? '0/0' : text]));
  it.each<[string, readonly FileRow[]]>([
    ['a commune with nothing at all', rowsOf('G1.1', 'COMMUNE', nothing)],
    ['a commune with one dossier that has everything', rowsOf('G1.1', 'COMMUNE', everything(1, 1))],
    ['a commune with one dossier that has nothing', rowsOf('G1.1', 'COMMUNE', { ...nothing, '2.1': '0/1', '5.4': '0/1', '4.1': '0/1', '4.2': '0/1', '4.3': '0/1', '4.4': '0/1', '4.5b': '0/1', '3.6': '0/1' })],
    ['every numerator as its denominator', rowsOf('G1.1', 'DEPARTMENT', everything(250, 9))],
    ['a very large department', rowsOf('G1.1', 'DEPARTMENT', { ...everything(2_000, 400), '2.1': '1001/2000', '5.4': '1000/2000', '3.6': '17/1001' })],
    ['a province alone', rowsOf('G1', 'PROVINCE', { ...everything(900, 30), '4.6': '' })],
    ['a province without anything, and its units without anything', [...rowsOf('G1', 'PROVINCE', nothing), ...rowsOf('G1.1', 'COMMUNE', nothing), ...rowsOf('G1.2', 'DEPARTMENT', nothing)]],
    ['units with a few rows each', [...rowsOf('G1.1', 'COMMUNE', { '2.1': '3/9', '5.4': '2/9' }), ...rowsOf('G1.2', 'COMMUNE', { '2.1': '4/4', '4.5a': '2/7' }), ...rowsOf('G1.3', 'COMMUNE', { '2.1': '0/0' })]],
    ['a unit without 2.1 among others', [...rowsOf('G1.1', 'COMMUNE', { '4.1': '3/9' }), ...rowsOf('G1.2', 'COMMUNE', { '2.1': '4/4', '4.1': '4/4' })]],
    ['a province that announced more online than is offered below it', [...rowsOf('G1', 'PROVINCE', { '2.1': '9/9', '3.1': '52/56', '3.2': '1/3', '3.3': '5/9' }), ...rowsOf('G1.1', 'COMMUNE', { '2.1': '9/9', '3.2': '1/3' })]],
    ['a ministry with a department', [...rowsOf('G05', 'MINISTRY', everything(40, 5)), ...rowsOf('G05.1', 'DEPARTMENT', everything(25, 5)).filter(({ indicator }) => !['5.1-STAFF', '5.1-TTHC', '5.2', '5.3'].includes(indicator ?? ''))]],
  ])('come out row by row, and not a row is left out: %s', (name, rows) => {
    for (const index of [0, 1, 2, 3]) {
      const { rows: kept, inconsistencies, differences } = outcomeOf(rows, `${name} ${index}`, index);
      expect([inconsistencies, differences, kept.length]).toEqual([[], [], rows.length]);
    }
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
