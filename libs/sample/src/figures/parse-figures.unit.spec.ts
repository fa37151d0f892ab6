import { describeFault, parseFigures } from './parse-figures';

const HEADING = 'period,scope,unit_code,unit_name,level,indicator,numerator,denominator,points,max';
const ROW = 'month,all,G12.7,"Sở A, B và C",DEPARTMENT,2.1,81,84,19.29,20';
const parse = (...lines: string[]) => parseFigures([HEADING, ...lines].join('\r\n'));

describe('a figures file', () => {
  it('is read with a byte order mark, either line end and quoted names', () => {
    const expected = {
      ok: true,
      value: [{
        line: 2, period: 'month', scope: 'all', unit: 'G12.7', unitName: 'Sở A, B và C', level: 'DEPARTMENT', indicator: '2.1', numerator: 81,
        denominator: 84, points: '19.29', max: '20',
      }],
    };
    expect(parseFigures(`\uFEFF${HEADING}\n${ROW}\n`)).toEqual(expected);
    expect(parseFigures(`${HEADING}\r\n${ROW}\r\n\r\n`)).toEqual(expected);
  });

  it('keeps an empty cell apart from 0', () => {
    const read = parse('month,all,G12,Tỉnh,PROVINCE,4.6,,,2,2', 'month,all,G12,Tỉnh,PROVINCE,2.1,0,0,0,20');
    expect(read).toMatchObject({ ok: true, value: [{ numerator: null, denominator: null, points: '2' }, { numerator: 0, denominator: 0, points: '0' }] });
  });

  it('takes columns in any order, and further ones', () => {
    const columns = HEADING.split(',').reverse();
    const cells = ['20', '19.29', '84', '81', '2.1', 'DEPARTMENT', 'A', 'G12.7', 'all', 'month'];
    expect(parseFigures([`note,${columns.join(',')}`, `x,${cells.join(',')}`].join('\n'))).toMatchObject({ ok: true, value: [{ unit: 'G12.7', numerator: 81 }] });
  });

  it.each<[string, string[], string]>([
    ['a number that is none', ['month,all,G12.7,A,COMMUNE,2.1,8a,84,,20'], 'line 2, column numerator: is neither empty nor a whole number from 0 up'],
    ['a negative number', ['month,all,G12.7,A,COMMUNE,2.1,8,-84,,20'], 'line 2, column denominator: is neither empty nor a whole number from 0 up'],
    ['points with a comma', [ROW, 'month,all,G12.8,A,COMMUNE,2.1,8,84,"19,2",20'], 'line 3, column points: is neither empty nor a number like 15.68'],
    ['half a fraction', ['month,all,G12.7,A,COMMUNE,2.1,8,,,20'], 'line 2, column denominator: and numerator stand together or not at all'],
    ['an unknown level', ['month,all,G12.7,A,VILLAGE,2.1,8,84,,20'], 'line 2, column level: is one of PROVINCE, MINISTRY, DEPARTMENT, COMMUNE'],
    ['an unknown period', ['week,all,G12.7,A,COMMUNE,2.1,8,84,,20'], 'line 2, column period: is one of month, quarter, year'],
    ['no unit', ['month,all,,A,COMMUNE,2.1,8,84,,20'], 'line 2, column unit_code: is no unit code'],
    ['a commune without its province', ['month,all,G127,A,COMMUNE,2.1,8,84,,20'], 'line 2, column unit_code: of a COMMUNE has its province before a point, like H44.114'],
    ['a row said twice', [ROW, ROW], 'line 3: says again what line 2 says: month all G12.7 2.1'],
    ['two levels of one unit', [ROW, 'year,all,G12.7,A,COMMUNE,2.1,8,84,,20'], 'line 3, column level: of G12.7 is COMMUNE, on line 2 it is DEPARTMENT'],
    ['a missing cell', ['month,all,G12.7,A,COMMUNE,2.1,8,84,20'], 'line 2: has 9 cells where the heading has 10'],
    ['no rows', [], 'line 1: the file has no rows'],
  ])('with %s is refused, with the line', (_, lines, fault) => {
    const read = parse(...lines);
    expect(read.ok ? [] : read.error.map(describeFault)).toEqual([fault]);
  });

  it('without a column is refused by the name of the column', () => {
    expect(parseFigures('period,scope\nmonth,all')).toMatchObject({ ok: false, error: [{ line: 1, detail: expect.stringContaining('unit_code') }] });
    expect(parseFigures('')).toMatchObject({ ok: false, error: [{ detail: 'the file is empty' }] });
    expect(parseFigures(`${HEADING}\nmonth,"all`)).toMatchObject({ ok: false, error: [{ detail: expect.stringContaining('is no CSV') }] });
  });

  it('names up to 20 faults at once', () => {
    const read = parse(...Array.from({ length: 30 }, () => 'month,all,G12.7,A,COMMUNE,2.1,x,84,,20'));
    expect(read.ok ? 0 : read.error.length).toBe(20);
  });
});
