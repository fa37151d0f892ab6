import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  add, compare, countMeasures, fractionOf, getDefinition, indicatorsOf, isDistinct, NO_MEASURES, parseDecimal, points, scoreOf, subtract, toDecimalText,
  ZERO, type Fraction, type Pair, type UnitScore,
} from '@index766/index-766';
import { isCounted, type FigureRow } from './figure-row';
import { parseFigures } from './parse-figures';

const definition = getDefinition('qd766-2026');
const INDICATOR_TOLERANCE = parseDecimal('0.0051') ?? ZERO;
const GROUP_TOLERANCE = parseDecimal('0.0151') ?? ZERO;

const file = parseFigures(readFileSync(path.join(__dirname, '../../figures/phu-tho-2026.csv'), 'utf8'));
const rows = file.ok ? file.value : [];
const published = (row: FigureRow): Fraction => parseDecimal(row.points ?? '') ?? ZERO;
const distance = (a: Fraction, b: Fraction): Fraction => (compare(a, b) < 0 ? subtract(b, a) : subtract(a, b));

/** Points of a row by the definition; rows that the portal printed without counts stand as printed. */
const recomputed = (row: FigureRow): Fraction | null => {
  const indicator = indicatorsOf(definition).find(({ id }) => id === row.indicator);
  if (indicator?.kind !== 'scored') return null;
  if (!isCounted(row)) return row.points === null ? null : published(row);
  return points(indicator.max, row.numerator, row.denominator, indicator.target, indicator.whenEmpty);
};

/** The score of a unit whose measures are what its rows say; what has no row is not known. */
const scoreOfRows = (ofUnit: readonly FigureRow[]): UnitScore => {
  const pairs: Record<string, Pair | null> = {};
  for (const { id, measure } of indicatorsOf(definition)) {
    const row = ofUnit.find(({ indicator }) => indicator === id);
    if (row !== undefined) pairs[measure] = isCounted(row) ? { numerator: row.numerator, denominator: row.denominator } : { numerator: 0, denominator: 0 };
  }
  const nothing = countMeasures(NO_MEASURES);
  const distinct = { ...nothing.distinct, ...Object.fromEntries(Object.entries(pairs).filter(([name]) => isDistinct(name))) };
  return scoreOf(definition, { ...nothing, pairs: { ...nothing.pairs, ...pairs }, distinct }, ofUnit[0]?.level ?? 'COMMUNE');
};

const byUnit = new Map<string, FigureRow[]>();
for (const row of rows) {
  const key = `${row.period} ${row.scope} ${row.unit}`;
  byUnit.set(key, [...(byUnit.get(key) ?? []), row]);
}

describe('the published figures of Phú Thọ', () => {
  it('are all read', () => {
    expect(file).toMatchObject({ ok: true });
    expect(rows).toHaveLength(1878);
  });

  it('come out of the definition within the tolerance of two rounded decimals, row by row', () => {
    const scored = rows.filter((row) => row.points !== null && isCounted(row) && indicatorsOf(definition).some(({ id }) => id === row.indicator));
    const wrong = scored.filter((row) => {
      const value = recomputed(row);
      return value === null || compare(distance(value, published(row)), INDICATOR_TOLERANCE) > 0;
    });
    expect(scored.length).toBeGreaterThan(700);
    expect(wrong.map((row) => `line ${row.line}`)).toEqual([]);
  });

  it('are printed as the definition and the rounding to 2 decimals give them, to the last digit, row by row', () => {
    const scored = rows.filter((row) => row.points !== null && isCounted(row) && indicatorsOf(definition).some(({ id, kind }) => id === row.indicator && kind === 'scored'));
    const wrong = scored.flatMap((row): readonly string[] => {
      const value = recomputed(row);
      const shown = value === null ? '–' : toDecimalText(value, 2);
      return shown === toDecimalText(published(row), 2) ? [] : [`line ${row.line}: ${shown}`];
    });
    expect(scored.length).toBeGreaterThan(700);
    expect(new Set(scored.map(({ indicator }) => indicator)).size).toBeGreaterThan(12);
    expect(wrong).toEqual([]);
  });

  it('of groups are printed as the sum that is rounded, or as the sum of rounded indicators, but for one that is neither and within the tolerance', () => {
    const shown = [...byUnit].flatMap(([key, ofUnit]) => definition.groups.flatMap((group) => {
      const printed = ofUnit.find(({ indicator, points: given }) => indicator === group.id && given !== null);
      if (printed === undefined) return [];
      const parts = group.indicators.flatMap(({ id }) => {
        const row = ofUnit.find(({ indicator }) => indicator === id);
        return (row === undefined ? null : recomputed(row)) ?? [];
      });
      const rounded = parts.map((part) => parseDecimal(toDecimalText(part, 2)) ?? ZERO);
      const [exact, ofRounded] = [parts, rounded].map((sum) => toDecimalText(sum.reduce(add, ZERO), 2));
      return [{ key: `${key} ${group.id}`, exact, ofRounded, printed: toDecimalText(published(printed), 2) }];
    }));
    expect(shown.length).toBeGreaterThan(300);
    const others = shown.filter(({ exact, ofRounded, printed }) => printed !== exact && printed !== ofRounded);
    expect(others).toEqual([{ key: 'month all H44.144 TTTT', exact: '5.98', ofRounded: '5.98', printed: '5.99' }]);
    expect(new Set(shown.filter(({ exact, printed }) => printed !== exact).map(({ key }) => key.split(' ').at(-1)))).toEqual(new Set(['TTTT', 'MDSH']));
  });

  it('of certified copies, which the portal prints without counts, are the full points of an empty denominator', () => {
    const copies = rows.filter(({ indicator }) => indicator === '4.6');
    const indicator = indicatorsOf(definition).find(({ id }) => id === '4.6');
    const full = indicator?.kind === 'scored' ? points(indicator.max, 0, 0, indicator.target, indicator.whenEmpty) : null;
    expect(copies.length).toBeGreaterThan(40);
    expect(copies.filter((row) => isCounted(row) || row.points === null || full === null || compare(published(row), full) !== 0)).toEqual([]);
  });

  it('print no points exactly where the rule for an empty denominator gives none', () => {
    const printed = ['1.1', '1.2', '1.3', '1.4', '2.1', '4.1', '4.2', '4.3', '4.4', '4.5a', '4.5b', '5.2', '5.3', '5.4'];
    const wrong = rows.filter((row) => printed.includes(row.indicator) && isCounted(row) && (recomputed(row) === null) !== (row.points === null));
    expect(wrong.map((row) => `line ${row.line}`)).toEqual([]);
  });

  it('add up to the groups within the tolerance of rounded parts', () => {
    const groups = [...byUnit].flatMap(([key, ofUnit]) => definition.groups.flatMap((group) => {
      const shown = ofUnit.find(({ indicator }) => indicator === group.id);
      if (shown === undefined) return [];
      const sum = group.indicators.reduce((total, { id }) => {
        const row = ofUnit.find(({ indicator }) => indicator === id);
        return add(total, (row === undefined ? null : recomputed(row)) ?? ZERO);
      }, ZERO);
      return [{ key: `${key} ${group.id}`, off: distance(sum, published(shown)) }];
    }));
    expect(groups.length).toBeGreaterThan(250);
    expect(groups.filter(({ off }) => compare(off, GROUP_TOLERANCE) > 0).map(({ key }) => key)).toEqual([]);
  });

  it('come out of the whole score of a unit: every indicator as printed, every group within its tolerance', () => {
    const units = [...byUnit].filter(([key]) => key.split(' ')[1] === 'all');
    const wrong = units.flatMap(([key, ofUnit]) => scoreOfRows(ofUnit).groups.flatMap((group): readonly string[] => {
      const printed = ofUnit.find(({ indicator }) => indicator === group.group);
      const indicators = group.indicators.flatMap((score) => {
        const row = ofUnit.find(({ indicator }) => indicator === score.indicator);
        if (row === undefined || (!isCounted(row) && row.points === null)) return [];
        const value = score.state === 'scored' ? score.points : null;
        const agrees = row.points === null || (value !== null && compare(distance(value, published(row)), INDICATOR_TOLERANCE) <= 0);
        return agrees ? [] : [`line ${row.line}`];
      });
      const agrees = printed === undefined || compare(distance(group.points ?? ZERO, published(printed)), GROUP_TOLERANCE) <= 0;
      return agrees ? indicators : [...indicators, `${key} ${group.group}`];
    }));
    expect(units.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it('add up to the total, of which every group is a part, with what was attainable', () => {
    const province = scoreOfRows(byUnit.get('month all H44') ?? []);
    expect(toDecimalText(province.total.points ?? ZERO, 2)).toBe('59.91');
    expect(province.groups.reduce((sum, group) => add(sum, group.points ?? ZERO), ZERO)).toEqual(province.total.points);
    expect(province.total.attainable).toBe(definition.max - 6 - 4);
    expect(province.insufficient).toEqual([]);
  });

  it('have the maxima of the definition where every procedure counts', () => {
    const maxima = new Map<string, number>([
      ...definition.groups.map(({ id, max }) => [id, max] as const),
      ...indicatorsOf(definition).flatMap((indicator) => (indicator.kind === 'scored' ? [[indicator.id, indicator.max] as const] : [])),
    ]);
    const ofAllProcedures = rows.filter(({ scope }) => scope === 'all');
    const wrong = ofAllProcedures.filter(({ indicator, max }) => max !== null && toDecimalText(parseDecimal(max) ?? ZERO, 0) !== toDecimalText(fractionOf(maxima.get(indicator) ?? -1), 0));
    expect(wrong.map((row) => `line ${row.line}`)).toEqual([]);
  });
});
