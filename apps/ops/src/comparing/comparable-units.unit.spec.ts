import type { KnownUnit } from '../services/catalog';
import { publishedRow } from '../test/figures.builder';
import { comparableUnits } from './comparable-units';

const known = (code: string, level = 'COMMUNE', parent: string | null = 'G1'): KnownUnit => ({ code, level, parent });
const PROVINCE = known('G1', 'PROVINCE', null);
const rows = [publishedRow('G1', '2.1', 9, 12), publishedRow('G1.1', '2.1', 4, 5), publishedRow('G1.2', '2.1', 3, 4), publishedRow('G1.3', '1.4', 3, 4)];

describe('the units that can be compared', () => {
  it('are those that were loaded and have a row of 2.1', () => {
    expect(comparableUnits(rows, [PROVINCE, known('G1.1')])).toEqual({
      units: ['G1.1'],
      left: [
        { unit: 'G1', reason: 'not all its units are loaded: --sample province loads them', isLoadable: true },
        { unit: 'G1.2', reason: 'it is not loaded', isLoadable: true },
        { unit: 'G1.3', reason: 'the figures have no row of 2.1 for it', isLoadable: false },
      ],
    });
  });

  it('have the province among them once balancing units are loaded', () => {
    const all = [PROVINCE, known('G1.1'), known('G1.2')];
    expect(comparableUnits(rows, all).left[0]).toEqual({
      unit: 'G1', reason: 'no balancing units are loaded: --sample province loads them', isLoadable: true,
    });
    expect(comparableUnits(rows, [...all, known('G1.BALANCE-01', 'BALANCE')]).units).toEqual(['G1', 'G1.1', 'G1.2']);
  });

  it('have the province among them where its units leave nothing', () => {
    const whole = [publishedRow('G1', '2.1', 7, 9), ...rows.slice(1)];
    expect(comparableUnits(whole, [PROVINCE, known('G1.1'), known('G1.2')]).units).toEqual(['G1', 'G1.1', 'G1.2']);
  });

  it('do not depend on another province', () => {
    expect(comparableUnits([...rows, publishedRow('G2.1', '2.1', 1, 1)], [known('G2.1', 'COMMUNE', 'G2')]).units).toEqual(['G2.1']);
  });

  it('hang below the only province whatever their codes', () => {
    const figures = [publishedRow('G1', '2.1', 7, 9), { ...publishedRow('31234', '2.1', 4, 5), level: 'COMMUNE' as const }, publishedRow('000.2.G1', '2.1', 3, 4)];
    expect(comparableUnits(figures, [PROVINCE, known('31234')]).left.map(({ unit }) => unit)).toEqual(['G1', '000.2.G1']);
    expect(comparableUnits(figures, [PROVINCE, known('31234'), known('000.2.G1')]).units).toEqual(['G1', '31234', '000.2.G1']);
  });
});
