import { parsePeriod, type UnitCode } from '@index766/kernel';
import type { FigureRow } from '@index766/sample';
import type { SampleChoice } from './sample-options';
import { DEFAULT_UNITS, scopeOf } from './sample-scope';

const october = parsePeriod('2026-10');
const choice = (given: Partial<SampleChoice>): SampleChoice => {
  if (!october.ok) throw new Error('no period');
  return { figuresFile: undefined, period: october.value, kind: undefined, units: undefined, seed: 1, strict: false, ...given };
};
const row = (unit: string, numerator: number, denominator: number): FigureRow => ({
  line: 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: unit, level: unit.includes('.') ? 'COMMUNE' : 'PROVINCE', indicator: '2.1',
  numerator, denominator, points: null, max: null,
});

describe('the units of a sample', () => {
  it('are a dozen if nothing is said', () => {
    expect(scopeOf(choice({}), [])).toEqual({ kind: 'units', units: DEFAULT_UNITS });
    expect(DEFAULT_UNITS).toHaveLength(12);
  });

  it('are the named ones, whatever else is said', () => {
    const units = ['H44.114'] as UnitCode[];
    expect(scopeOf(choice({ units, kind: 'province', figuresFile: 'x.csv' }), [])).toEqual({ kind: 'units', units });
  });

  it('are all with balancing units for a province', () => {
    expect(scopeOf(choice({ kind: 'province' }), [])).toEqual({ kind: 'province' });
  });

  it.each([[20_000, 'province'], [20_001, 'every-unit']])('of a given file come with balancing units if these have few dossiers: %i', (left, kind) => {
    expect(scopeOf(choice({ figuresFile: 'x.csv' }), [row('G1', 0, left + 10), row('G1.1', 0, 10)])).toEqual({ kind });
  });

  it('of a given file with nothing below its province are balancing units, however large', () => {
    expect(scopeOf(choice({ figuresFile: 'x.csv' }), [row('G1', 150_000, 184_513)])).toEqual({ kind: 'province' });
    const without = { ...row('G1.1', 0, 0), indicator: '1.4' };
    expect(scopeOf(choice({ figuresFile: 'x.csv' }), [row('G1', 150_000, 184_513), without])).toEqual({ kind: 'province' });
  });
});
