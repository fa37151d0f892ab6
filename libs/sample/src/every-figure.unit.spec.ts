import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import fc from 'fast-check';
import { checkConsistency } from './figures/consistency';
import { isCounted, monthlyRows, type FigureLevel, type FigureRow } from './figures/figure-row';
import { parseFigures } from './figures/parse-figures';
import { sampleUnitsOf, type SampleScope } from './figures/sample-units';
import { generateSample } from './generate-sample';
import { plainFigures } from './test/plain-figures';

const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};

/** Rows whose counts do not come out, as `unit indicator published computed`. */
const differences = (rows: readonly FigureRow[], scope: SampleScope, month = '2026-10', seed = 766): readonly string[] => {
  const { units } = sampleUnitsOf(rows, scope);
  const sample = generateSample({ units, period: period(month), seed });
  if (!sample.ok) throw new Error(sample.error.detail);
  const figures = plainFigures(sample.value);
  const made = new Set(units.filter(({ level }) => scope.kind === 'province' || level !== 'PROVINCE').map(({ code }) => code));
  return rows.filter(isCounted).filter(({ unit, indicator }) => made.has(unit) && indicator !== '4.6').flatMap(({ unit, indicator, numerator, denominator }) => {
    const [n, d] = figures.get(unit)?.get(indicator) ?? [0, 0];
    return n === numerator && d === denominator ? [] : [`${unit} ${indicator} ${numerator}/${denominator} ${n}/${d}`];
  });
};

const shipped = (): readonly FigureRow[] => {
  const file = parseFigures(readFileSync(path.join(__dirname, '../figures/phu-tho-2026.csv'), 'utf8'));
  const { rows, inconsistencies } = checkConsistency(monthlyRows(file.ok ? file.value : []));
  expect(inconsistencies).toEqual([]);
  return rows;
};

interface Drawn { readonly unit: string; readonly level: FigureLevel; readonly figures: Readonly<Record<string, readonly [number, number]>> }

const within = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
/** Figures of one unit, within the rules, of which some rows are not there. */
const anyFigures = (most: number, stocks: number) => within(most).chain((d) => fc.record({ onTime: within(d), obliged: within(d), received: within(d) })
  .chain(({ onTime, obliged, received }) => fc.record({
    whole: fc.constant(d), onTime: fc.constant(onTime), obliged: fc.constant(obliged), received: fc.constant(received), paid: within(obliged), online: within(received),
    results: within(d), reused: within(d), store: within(d), population: within(d), satisfied: within(onTime), share: within(100),
    petitions: within(12), shares: fc.array(within(100), { minLength: 8, maxLength: 8 }), sync: within(500),
    absent: fc.subarray(['3.3', '3.6', '3.5a', '3.2', '4.1', '4.2', '4.3', '4.4', '4.5a', '4.5b', '5.1-TTHC', '5.2', '5.4', '1.4'], { maxLength: 6 }),
  }).map((x) => {
    const part = (whole: number, index: number) => Math.floor((whole * (x.shares[index] ?? 0)) / 100);
    const sets = { fee: part(stocks, 6), online: part(stocks, 7), citizen: part(stocks, 5) };
    const petitionsOnTime = part(x.petitions, 0);
    const aboutRules = part(x.petitions, 2);
    const all: Record<string, readonly [number, number]> = {
      '2.1': [x.onTime, d], '3.3': [x.online, x.received], '3.6': [x.paid, x.obliged],
      '3.2': [part(Math.min(sets.online, x.online), 3), sets.online],
      '3.5a': [part(Math.min(sets.fee, x.paid), 4), sets.fee], '3.5b': [part(Math.min(sets.fee, x.obliged), 1), sets.fee],
      '4.1': [x.results, d], '4.2': [part(x.results, 0), d], '4.3': [x.reused, d], '4.4': [x.store, d], '4.5b': [x.population, d],
      '4.5a': [part(Math.min(sets.citizen, x.population), 2), sets.citizen],
      '5.4': [x.satisfied, d], '5.2': [petitionsOnTime, x.petitions], '5.3': [part(petitionsOnTime, 1), x.petitions],
      '5.1-TTHC': [aboutRules, x.petitions], '5.1-STAFF': [part(x.petitions - aboutRules, 3), x.petitions], '1.4': [part(x.sync, 4), x.sync],
    };
    const together: Readonly<Record<string, readonly string[]>> = { '3.5a': ['3.5b'], '5.2': ['5.3'], '5.1-TTHC': ['5.1-STAFF'] };
    const absent = new Set(x.absent.flatMap((id) => [id, ...(together[id] ?? [])]));
    return Object.fromEntries(Object.entries(all).filter(([id]) => !absent.has(id)));
  })));

/** A province whose row has all that its units have and what further units, that are not in the file, would have. */
const anyProvince = fc.record({
  units: fc.array(anyFigures(60, 12), { minLength: 1, maxLength: 3 }), rest: anyFigures(90, 20), set: fc.tuple(within(9), within(9), within(9)),
}).map(({ units, rest, set }): readonly FigureRow[] => {
  const drawn: Drawn[] = units.map((figures, index) => ({ unit: `G1.${index + 1}`, level: index === 0 ? 'DEPARTMENT' : 'COMMUNE', figures }));
  const province: Record<string, readonly [number, number]> = {};
  for (const [id, [n, d]] of Object.entries(rest)) {
    const own = drawn.flatMap(({ figures }) => (figures[id] === undefined ? [] : [figures[id]]));
    const isDistinct = ['3.2', '3.5a', '3.5b', '4.5a'].includes(id);
    province[id] = isDistinct
      ? [Math.max(n, ...own.map(([each]) => each)), Math.max(d, ...own.map(([, each]) => each))]
      : [own.reduce((sum, [each]) => sum + each, n), own.reduce((sum, [, each]) => sum + each, d)];
  }
  for (const id of ['3.5a', '3.5b']) if (province[id] !== undefined) province[id] = [province[id][0], Math.max(province['3.5a']?.[1] ?? 0, province['3.5b']?.[1] ?? 0)];
  // Rows that a unit does not have count in its province all the same.
  for (const id of ['4.1', '4.2', '4.3', '4.4', '4.5b', '5.4']) if (province[id] !== undefined) province[id] = [province[id][0], province['2.1']?.[1] ?? 0];
  const [a, b, c] = set;
  Object.assign(province, { '1.1': [Math.min(a, b), a], '1.3': [Math.min(b, c), c], '3.1': [Math.min(a, b), b] });
  return [{ unit: 'G1', level: 'PROVINCE' as const, figures: province }, ...drawn].flatMap(({ unit, level, figures }) =>
    Object.entries(figures).map(([indicator, [numerator, denominator]], index): FigureRow => ({
      line: index + 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: unit, level, indicator, numerator, denominator, points: null, max: null,
    })));
});

describe('every figure of a sample, counted from nothing but what is loaded', () => {
  it('is the published one, for departments and communes of the shipped file', () => {
    const units = ['H44.01', 'H44.03', 'H44.07', 'H44.20', 'H44.13', 'H44.114', 'H44.151'] as UnitCode[];
    expect(differences(shipped(), { kind: 'units', units })).toEqual([]);
  });

  it('holds petitions that ask again and petitions about dossiers, which count as a bad rating does', () => {
    const row = (indicator: string, numerator: number, denominator: number): FigureRow => ({
      line: 2, period: 'month', scope: 'all', unit: 'G1.1' as UnitCode, unitName: 'G1.1', level: 'COMMUNE', indicator, numerator, denominator, points: null, max: null,
    });
    const rows = [row('2.1', 90, 100), row('5.4', 60, 100), row('5.2', 30, 40), row('5.3', 12, 40)];
    const { units } = sampleUnitsOf(rows, { kind: 'every-unit' });
    const sample = generateSample({ units, period: period('2026-10'), seed: 766 });
    const petitions = sample.ok ? [...sample.value.petitions, ...[...sample.value.cohorts()].flatMap((cohort) => cohort.petitions)] : [];
    expect(new Set(petitions.map(({ id }) => id)).size).toBe(40);
    const receivedAt = new Map(petitions.map((petition) => [petition.id, petition.receivedAt]));
    const again = petitions.flatMap(({ about, receivedAt: at }) => (about?.petition === undefined ? [] : [at - (receivedAt.get(about.petition) ?? Number.NaN)]));
    expect(again).toHaveLength(6);
    expect(Math.min(...again)).toBeGreaterThan(0);
    expect(petitions.filter(({ about }) => about?.dossier !== undefined).length).toBeGreaterThan(3);
    expect(differences(rows, { kind: 'every-unit' })).toEqual([]);
  });

  it.each<[string, readonly (readonly [indicator: string, numerator: number, denominator: number])[], number]>([
    ['more procedures with a fee than dossiers that owe one', [['2.1', 80, 100], ['3.6', 2, 5], ['3.5a', 1, 30], ['3.5b', 20, 30]], 15],
    ['a fee, and nobody owes one', [['2.1', 1, 1], ['3.6', 0, 0], ['3.5a', 0, 3], ['3.5b', 1, 3]], 1],
  ])('holds fees that are waived, where figures have %s', (_, figures, waivers) => {
    const rows = figures.map(([indicator, numerator, denominator], index): FigureRow => ({
      line: index + 2, period: 'month', scope: 'all', unit: 'G1.1' as UnitCode, unitName: 'G1.1', level: 'COMMUNE', indicator, numerator, denominator, points: null, max: null,
    }));
    expect(checkConsistency(rows)).toEqual({ rows, inconsistencies: [] });
    const sample = generateSample({ units: sampleUnitsOf(rows, { kind: 'every-unit' }).units, period: period('2026-10'), seed: 766 });
    expect(sample.ok ? [...sample.value.cohorts()].flatMap((cohort) => cohort.waivers).length : -1).toBe(waivers);
    expect(differences(rows, { kind: 'every-unit' })).toEqual([]);
  });

  it('waives no fee of the shipped file', () => {
    const { units } = sampleUnitsOf(shipped(), { kind: 'units', units: ['H44.20', 'H44.114'] as UnitCode[] });
    const sample = generateSample({ units, period: period('2026-10'), seed: 766 });
    expect(sample.ok ? [...sample.value.cohorts()].flatMap((cohort) => cohort.waivers) : null).toEqual([]);
  });

  it('is the published one, whatever the figures are', () => {
    let compared = 0;
    fc.assert(fc.property(anyProvince, (drawn) => {
      const { rows } = checkConsistency(drawn);
      compared += rows.length / drawn.length;
      expect(differences(rows, { kind: 'province' })).toEqual([]);
    }), { seed: 766, numRuns: 20 });
    expect(compared).toBeGreaterThan(15);
  });
});
