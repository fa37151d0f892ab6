import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { UnitCode } from '@index766/kernel';
import { checkConsistency } from './consistency';
import { monthlyRows, type FigureRow } from './figure-row';
import { parseFigures } from './parse-figures';
import { leftForBalancing, sampleUnitsOf, type SampleUnit } from './sample-units';
import { unitPlacesIn } from './unit-places';

const row = (unit: string, indicator: string, numerator: number, denominator: number): FigureRow => ({
  line: 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: `tên ${unit}`, level: unit.includes('.') ? 'COMMUNE' : 'PROVINCE',
  indicator, numerator, denominator, points: null, max: null,
});
const sum = (units: readonly SampleUnit[], of: (unit: SampleUnit) => number) => units.reduce((total, unit) => total + of(unit), 0);
const totals = (units: readonly SampleUnit[]) => [
  sum(units, ({ onTime }) => onTime), sum(units, ({ dossiers }) => dossiers), sum(units, ({ counts }) => counts.received), sum(units, ({ counts }) => counts.online),
];

describe('the units of a sample', () => {
  it('are those with a 2.1; others are skipped with the reason', () => {
    const { units, skipped } = sampleUnitsOf([row('G1', '2.1', 9, 9), row('G1.1', '2.1', 3, 4), row('G1.2', '1.4', 3, 4)], { kind: 'every-unit' });
    expect(units.map(({ code, level, onTime, dossiers }) => [code, level, onTime, dossiers])).toEqual([['G1', 'PROVINCE', 0, 0], ['G1.1', 'COMMUNE', 3, 4]]);
    expect(skipped).toEqual([{ unit: 'G1.2', reason: 'the figures have no row of 2.1 for it' }]);
  });

  it('are the named ones, if some are named', () => {
    const { units, skipped } = sampleUnitsOf([row('G1.1', '2.1', 3, 4), row('G1.2', '2.1', 3, 4)], { kind: 'units', units: ['G1.2', 'G1.9'] as UnitCode[] });
    expect(units.map(({ code }) => code)).toEqual(['G1', 'G1.2']);
    expect(skipped).toEqual([{ unit: 'G1.9', reason: 'the figures have no such unit' }]);
  });

  it('hang below a made-up province where the figures have none', () => {
    const { units } = sampleUnitsOf([row('G1.1', '2.1', 3, 4), row('G1.2', '2.1', 3, 4)], { kind: 'every-unit' });
    expect(units.map(({ code, parent }) => [code, parent])).toEqual([['G1', null], ['G1.1', 'G1'], ['G1.2', 'G1']]);
    expect(units[0]?.name).toContain('made-up');
  });

  it('keep the province whose own figures were left out', () => {
    const all = [row('G1', '2.1', 1, 1), { ...row('31234', '2.1', 3, 4), level: 'COMMUNE' as const }];
    const places = unitPlacesIn(all);
    const { rows } = checkConsistency(all, places);
    expect(rows.map(({ unit }) => unit)).toEqual(['31234']);
    expect(sampleUnitsOf(rows, { kind: 'province' }, places).units.map(({ code, name, parent }) => [code, name, parent])).toEqual([
      ['G1', 'tên G1', null], ['31234', 'tên 31234', 'G1'],
    ]);
  });

  it('that may belong to several provinces are skipped with the reason', () => {
    const stray = { ...row('31234', '2.1', 3, 4), level: 'COMMUNE' as const };
    const { units, skipped } = sampleUnitsOf([row('G1', '2.1', 9, 9), row('G2', '2.1', 9, 9), row('G2.1', '2.1', 3, 4), stray], { kind: 'every-unit' });
    expect(units.map(({ code }) => code)).toEqual(['G1', 'G2', 'G2.1']);
    expect(skipped).toEqual([{ unit: '31234', reason: 'its code names none of the file’s 2 units above: G1, G2' }]);
  });

  it('receive in the period what 3.3 says, else the usual share', () => {
    const { units } = sampleUnitsOf([
      row('G1.1', '2.1', 50, 100), row('G1.1', '3.3', 30, 60), row('G1.2', '2.1', 50, 100),
    ], { kind: 'every-unit' });
    expect(units.slice(1).map(({ counts: { received, online } }) => [received, online])).toEqual([[60, 30], [83, 82]]);
  });

  it('with balancing units make up the province’s own row, to the dossier', () => {
    const file = parseFigures(readFileSync(path.join(__dirname, '../../figures/phu-tho-2026.csv'), 'utf8'));
    const { rows, inconsistencies } = checkConsistency(monthlyRows(file.ok ? file.value : []));
    expect(inconsistencies).toEqual([]);
    const { units } = sampleUnitsOf(rows, { kind: 'province' });
    expect(totals(units)).toEqual([144_625, 184_513, 152_595, 150_956]);
    const balancing = units.filter(({ level }) => level === 'BALANCE');
    expect(balancing.length).toBeGreaterThan(1);
    expect(balancing.filter(({ onTime, dossiers, counts: { received, online } }) => onTime > dossiers || received > dossiers || online > received || dossiers > 2_500)).toEqual([]);
    expect(balancing.every(({ name }) => name.includes('balancing unit'))).toBe(true);
  });

  it.each([[7, 7], [0, 6_000], [5_999, 6_000], [6_000, 6_000], [0, 0], [1, 2_501]])('balance %i of %i in parts that are possible', (left, dossiers) => {
    const { units } = sampleUnitsOf([row('G1', '2.1', left + 3, dossiers + 4), row('G1.1', '2.1', 3, 4)], { kind: 'province' });
    const balancing = units.filter(({ level }) => level === 'BALANCE');
    expect(totals(balancing).slice(0, 2)).toEqual([left, dossiers]);
    expect(balancing.every((unit) => unit.onTime <= unit.dossiers)).toBe(true);
    expect(leftForBalancing([row('G1', '2.1', left + 3, dossiers + 4), row('G1.1', '2.1', 3, 4)], 'G1' as UnitCode)).toMatchObject({ onTime: left, dossiers });
  });
});
