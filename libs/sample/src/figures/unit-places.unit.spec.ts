import type { UnitCode } from '@index766/kernel';
import type { FigureLevel, FigureRow } from './figure-row';
import { unitPlacesIn } from './unit-places';

const unit = (code: string, level: FigureLevel = 'COMMUNE'): FigureRow => ({
  line: 2, period: 'month', scope: 'all', unit: code as UnitCode, unitName: `tên ${code}`, level, indicator: '2.1', numerator: 1, denominator: 2,
  points: null, max: null,
});
const placesOf = (...rows: FigureRow[]) => {
  const { tops, parents, without } = unitPlacesIn(rows);
  return { tops: tops.map(({ code }) => code), parents: Object.fromEntries(parents), without: Object.fromEntries(without) };
};

describe('the place of a unit', () => {
  it.each(['31234', 'H44.114', '000.01.31.H44', 'G9.1', 'XÃ-1'])('is below the only province of the file, whatever its code: %s', (code) => {
    expect(placesOf(unit('H44', 'PROVINCE'), unit(code))).toEqual({ tops: ['H44'], parents: { [code]: 'H44' }, without: {} });
  });

  it('is below that one of several provinces that begins or ends its code', () => {
    const rows = [unit('H4', 'PROVINCE'), unit('H44', 'PROVINCE'), unit('H44.1'), unit('H4.1'), unit('000.01.31.H44')];
    expect(placesOf(...rows).parents).toEqual({ 'H44.1': 'H44', 'H4.1': 'H4', '000.01.31.H44': 'H44' });
  });

  it('is nowhere if several provinces may have it, with the reason', () => {
    const { parents, without } = placesOf(unit('H44', 'PROVINCE'), unit('H45', 'PROVINCE'), unit('31234'), unit('H45.1'));
    expect(parents).toEqual({ 'H45.1': 'H45' });
    expect(without).toEqual({ 31234: 'its code names none of the file’s 2 units above: H44, H45' });
  });

  it.each([
    ['their first part', ['H44.1', 'H44.2'], 'H44'], ['a part of several', ['000.01.31.H44', '000.02.31.H44'], '000'],
    ['nothing', ['31234', '31240'], 'PROVINCE'], ['nothing: one code alone', ['31234'], 'PROVINCE'], ['two first parts', ['G1.1', 'G2.1'], 'PROVINCE'],
  ])('is below one made-up province if the file has none; the codes have in common %s', (_, codes, province) => {
    expect(placesOf(...codes.map((code) => unit(code)))).toEqual({
      tops: [province], parents: Object.fromEntries(codes.map((code) => [code, province])), without: {},
    });
  });

  it('is below another made-up province if it shows another set of procedures', () => {
    const shows = (code: string, numerator: number): FigureRow => ({ ...unit(code), indicator: '1.3', numerator, denominator: 9 });
    const { tops, parents } = placesOf(unit('H44.1'), shows('H44.1', 7), unit('H44.2'), shows('H44.2', 8), unit('H44.3'));
    expect(tops).toEqual(['H44', 'PROVINCE']);
    expect(parents).toEqual({ 'H44.1': 'H44', 'H44.2': 'PROVINCE', 'H44.3': 'H44' });
  });

  it('is never below a unit of the file that has the code of a made-up province', () => {
    expect(placesOf(unit('H44'), unit('H44.1'), unit('PROVINCE')).tops).toEqual(['PROVINCE-2']);
  });

  it('of a department is below the only ministry, of a commune below a made-up province beside it', () => {
    expect(placesOf(unit('G05', 'MINISTRY'), unit('000.7', 'DEPARTMENT'), unit('H44.1'))).toEqual({
      tops: ['G05', 'H44'], parents: { '000.7': 'G05', 'H44.1': 'H44' }, without: {},
    });
  });

  it('of a department is below the ministry that its code names, else below the only province', () => {
    const rows = [unit('H44', 'PROVINCE'), unit('G05', 'MINISTRY'), unit('G05.1', 'DEPARTMENT'), unit('7', 'DEPARTMENT')];
    expect(placesOf(...rows).parents).toEqual({ 'G05.1': 'G05', 7: 'H44' });
  });
});
