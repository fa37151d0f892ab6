import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  add, compare, fractionOf, getDefinition, indicatorsOf, parseDecimal, points, subtract, toDecimalText, ZERO, type Fraction,
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
