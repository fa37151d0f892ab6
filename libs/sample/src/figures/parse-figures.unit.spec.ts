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

  it('takes units of any code: where they hang is found later', () => {
    const read = parse('month,all,31234,A,COMMUNE,2.1,8,84,,20', 'month,all,000.01.31.H44,B,DEPARTMENT,2.1,8,84,,20', 'Month,ALL,xã-1,C,commune,2.1,8.0,84.0,,20');
    expect(read).toMatchObject({ ok: true, value: [{ unit: '31234' }, { unit: '000.01.31.H44' }, { unit: 'XÃ-1', numerator: 8, denominator: 84 }] });
  });

  it.each([
    ['another period', 'week,all,G12.7,A,COMMUNE,2.1,8,84,,20', 2], ['half a year', 'half,all,G12,Tỉnh,PROVINCE,2.1,8,84,,20', 2],
    ['another scope', 'month,formality,G12.7,A,COMMUNE,2.1,8,84,,20', 2], ['no period', ',all,G12.7,A,COMMUNE,2.1,8,84,,20', 2],
    ['another level than in the month', 'year,all,G12.7,A,COMMUNE,2.1,8,84,,20', 2],
    ['an unknown level', 'week,all,VN,A,COUNTRY,2.1,8,84,,20', 1], ['no number', 'year,all,G12.7,A,COMMUNE,2.1,x,84,,20', 1],
    ['cells that lack', 'quarter,all,G12.7,A', 1],
  ])('has no fault in a row that is not the month’s: %s', (_, line, rows) => {
    const read = parse(ROW, line, line);
    expect(read.ok ? read.value.filter(({ period, scope }) => period === 'month' && scope === 'all').length : read.error).toBe(1);
    expect(read.ok && new Set(read.value.map(({ period, scope }) => `${period} ${scope}`)).size).toBe(rows);
  });

  it.each<[string, string[], string]>([
    ['a number that is none', ['month,all,G12.7,A,COMMUNE,2.1,8a,84,,20'], 'line 2, column numerator: is neither empty nor a whole number from 0 up'],
    ['a negative number', ['month,all,G12.7,A,COMMUNE,2.1,8,-84,,20'], 'line 2, column denominator: is neither empty nor a whole number from 0 up'],
    ['points with a comma', [ROW, 'month,all,G12.8,A,COMMUNE,2.1,8,84,"19,2",20'], 'line 3, column points: is neither empty nor a number like 15.68'],
    ['half a fraction', ['month,all,G12.7,A,COMMUNE,2.1,8,,,20'], 'line 2, column denominator: and numerator stand together or not at all'],
    ['an unknown level', ['month,all,G12.7,A,VILLAGE,2.1,8,84,,20'], 'line 2, column level: is one of PROVINCE, MINISTRY, DEPARTMENT, COMMUNE'],
    ['no unit', ['month,all,,A,COMMUNE,2.1,8,84,,20'], 'line 2, column unit_code: is no unit code'],
    ['a code too long for the codes of its dossiers', [`month,all,${'G'.repeat(41)},A,COMMUNE,2.1,8,84,,20`], 'line 2, column unit_code: has more than 40 letters'],
    ['a reserved code', ['month,all,G12.UNKNOWN,A,COMMUNE,2.1,8,84,,20'], 'line 2, column unit_code: is reserved for dossiers of unknown units'],
    ['a row said twice', [ROW, ROW], 'line 3: says again what line 2 says: month all G12.7 2.1'],
    ['two levels of one unit', [ROW, 'month,all,G12.7,A,COMMUNE,3.1,8,84,,20'], 'line 3, column level: of G12.7 is COMMUNE, on line 2 it is DEPARTMENT'],
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
