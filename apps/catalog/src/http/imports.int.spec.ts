import { procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { readTopic } from '@index766/testing-integration';

import { RunningCatalog, type Answer } from '../test/running-catalog';

const UNIT_HEADER = 'code,name,level,parent,validFrom,validTo,successor,reportingSince';
const PROCEDURE_HEADER = 'code,unit,name,termKind,termAmount,pauseOnFinancialObligation,validFrom,validTo';

let catalog: RunningCatalog;
let everywhere: string;
let here: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  everywhere = await catalog.token(['administrator'], '*');
  here = await catalog.token(['administrator'], 'X79');
  await catalog.send('PUT', '/v1/units/X79', {
    token: everywhere, body: { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' },
  });
});
afterAll(() => catalog.close());

const importUnits = (lines: readonly string[], token = here, headers = {}) =>
  catalog.send('POST', '/v1/imports/units', { token, csv: [UNIT_HEADER, ...lines].join('\r\n'), headers });
const importProcedures = (lines: readonly string[], token = here) =>
  catalog.send('POST', '/v1/imports/procedures', { token, csv: [PROCEDURE_HEADER, ...lines].join('\n') });
const partsOf = ({ body }: Answer) => (body['errors'] as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);
const codesBelow = async (parent: string) => {
  const { body } = await catalog.get(`/v1/units?parent=${parent}&asOf=2026-01-01`);
  return (body['items'] as { key: string }[]).map(({ key }) => key);
};

describe('POST /v1/imports/units', () => {
  const file = [
    'X79.2,"UBND xã ""Ví Dụ"", số 2",COMMUNE,X79,2025-07-01,2026-12-31,X79.1,',
    'x79.1,UBND xã Ví Dụ 1,commune,x79,2025-07-01,,,2026-01-01',
    'X79.D,Sở Ví Dụ,DEPARTMENT,X79,2025-07-01,,,',
  ];

  it('records all rows in any order, publishes them, and records nothing for the same file', async () => {
    expect(await importUnits(file)).toMatchObject({ status: 200, body: { rows: 3, recorded: 3 } });
    expect(await codesBelow('X79')).toEqual(['X79.1', 'X79.2', 'X79.D']);
    expect((await catalog.get('/v1/units/X79.2')).body).toMatchObject({ inForce: { name: 'UBND xã "Ví Dụ", số 2', successor: 'X79.1' } });
    expect(await importUnits([...file].reverse())).toMatchObject({ status: 200, body: { rows: 3, recorded: 0 } });

    const keys = ['X79.1', 'X79.2', 'X79.D'];
    const records = await readTopic(unitTopic.name, { brokers: [catalog.kafka.address], until: (all) => keys.every((key) => all.some((record) => record.key === key)) });
    expect(records.filter(({ key }) => keys.includes(key))).toHaveLength(3);
  });

  it('records nothing if one row is wrong, and names every wrong row by its number, with code and reason', async () => {
    const answer = await importUnits([
      'X79.5,Xã đúng,COMMUNE,X79,2025-07-01,,,',
      'X79.6,,COMMUNE,X79,2025-02-30,,,',
      'X79.7,Xã sai,VILLAGE,,2025-07-01,,,',
    ]);
    expect(answer).toMatchObject({ status: 422, body: { code: 'IMPORT.ROWS_REFUSED' } });
    expect([...partsOf(answer)].sort()).toEqual([
      'rows.3.name IMPORT.CELL_INVALID', 'rows.3.name IMPORT.CELL_INVALID', 'rows.3.validFrom IMPORT.CELL_INVALID', 'rows.4.level IMPORT.CELL_INVALID',
    ]);
    expect(await codesBelow('X79')).not.toContain('X79.5');
  });

  it('does the same for rows that cannot be recorded', async () => {
    const answer = await importUnits([
      'X79.5,Xã đúng,COMMUNE,X79,2025-07-01,,,',
      'X79.6,Xã sai,COMMUNE,X79,2025-07-01,2025-01-01,,',
      'X79.7,Xã sai,COMMUNE,X79.5,2025-07-01,,,',
      'X79.5,Xã đúng,COMMUNE,X79,2025-07-01,,,',
    ]);
    expect(partsOf(answer)).toEqual([
      'rows.3.validTo VALIDITY.ENDS_BEFORE_IT_BEGINS', 'rows.4.parent UNIT.PARENT_OF_WRONG_LEVEL', 'rows.5.validFrom IMPORT.ROW_REPEATED',
    ]);
    expect(await codesBelow('X79')).not.toContain('X79.5');
  });

  it('refuses rows of units that the caller may not change', async () => {
    const answer = await importUnits(['X79.8,Xã Ví Dụ,COMMUNE,X79,2025-07-01,,,', 'X80,Tỉnh khác,PROVINCE,,2025-01-01,,,', 'X80.1,Xã khác,COMMUNE,X80,2025-07-01,,,']);
    expect(answer).toMatchObject({ status: 422, body: { code: 'IMPORT.ROWS_REFUSED' } });
    expect(partsOf(answer)).toEqual(['rows.3.parent AUTH.UNIT_OUT_OF_SCOPE', 'rows.4.parent AUTH.UNIT_OUT_OF_SCOPE']);
    expect(await codesBelow('X79')).not.toContain('X79.8');
  });

  it('takes a province with its communes in one file, and some thousand rows', async () => {
    const communes = Array.from({ length: 2_500 }, (_, index) => `X81.${index},Xã ${index},COMMUNE,X81,2025-07-01,,,`);
    expect(await importUnits([...communes, 'X81,Tỉnh mới,PROVINCE,,2025-01-01,,,'], everywhere)).toMatchObject({ status: 200, body: { recorded: 2_501 } });
    expect((await catalog.get('/v1/units/X81.2499')).status).toBe(200);
  });

  it('lets only the role replay say when the rows were recorded', async () => {
    const stated = { 'X-Recorded-At': '2025-07-01T00:00:00.000Z' };
    const rows = ['X79.9,Xã Ví Dụ 9,COMMUNE,X79,2025-07-01,,,'];
    expect(await importUnits(rows, here, stated)).toMatchObject({ status: 403, body: { code: 'RECORDED_AT.NOT_ALLOWED' } });
    expect(await importUnits(rows, await catalog.token(['administrator', 'replay'], 'X79'), stated)).toMatchObject({ status: 200 });
    expect((await catalog.get('/v1/units/X79.9')).body).toMatchObject({ versions: [{ recordedAt: '2025-07-01T00:00:00.000Z' }] });
  });

  it.each([
    ['another header', { csv: 'code,name\nX79.1,x' }, 400, 'IMPORT.NOT_CSV'],
    ['a broken quote', { csv: `${UNIT_HEADER}\nX79.1,"x,COMMUNE` }, 400, 'IMPORT.NOT_CSV'],
    ['a row that is too long', { csv: `${UNIT_HEADER}\nX79.1,x,COMMUNE,X79,2025-07-01,,,,,` }, 400, 'IMPORT.NOT_CSV'],
    ['JSON', { body: { rows: [] } }, 400, 'IMPORT.NOT_CSV'],
    ['nothing', {}, 400, 'IMPORT.NOT_CSV'],
    ['more rows than one import takes', { csv: `${UNIT_HEADER}\n${'X79.1,x,COMMUNE,X79,2025-07-01,,,\n'.repeat(20_001)}` }, 413, 'IMPORT.TOO_MANY_ROWS'],
    ['a file that is too large', { csv: 'x'.repeat(8 * 1024 * 1024 + 1) }, 413, 'REQUEST.TOO_LARGE'],
  ])('refuses %s', async (_case, sending, status, code) => {
    expect(await catalog.send('POST', '/v1/imports/units', { token: here, ...sending })).toMatchObject({ status, body: { code } });
  });

  it('refuses a caller without a token or with another role', async () => {
    const source = await catalog.token(['source'], '*');
    expect(await catalog.send('POST', '/v1/imports/units', { csv: UNIT_HEADER })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await importUnits([], source)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
  });
});

describe('POST /v1/imports/procedures', () => {
  const file = [
    '79.000001,,Chứng thực bản sao,working-days,2,false,2025-07-01,',
    '79.000001,X79,Chứng thực bản sao,working-hours,4,TRUE,2025-07-01,2026-12-31',
    '79.000002,X79,Không có thời hạn,,,false,2025-07-01,',
  ];

  it('records all rows, publishes them, and records nothing for the same file', async () => {
    expect(await importProcedures(file, everywhere)).toMatchObject({ status: 200, body: { rows: 3, recorded: 3 } });
    expect(await importProcedures(file, everywhere)).toMatchObject({ status: 200, body: { rows: 3, recorded: 0 } });
    expect((await catalog.get('/v1/procedures/79.000001?unit=X79&asOf=2026-01-01')).body).toMatchObject({
      inForce: { term: { kind: 'working-hours', amount: 4 }, pauseOnFinancialObligation: true, validTo: '2026-12-31' },
    });
    const records = await readTopic(procedureTopic.name, { brokers: [catalog.kafka.address], until: (all) => all.some(({ key }) => key === '79.000002@X79') });
    expect(records.filter(({ key }) => key.startsWith('79.')).map(({ key }) => key).sort()).toEqual(['79.000001', '79.000001@X79', '79.000002@X79']);
  });

  it('records nothing if one row is wrong, and names every wrong row', async () => {
    const answer = await importProcedures([
      '79.000009,X79,Đúng,months,1,false,2025-07-01,', '79.000009,X79,Sai,months,half,maybe,2025-07-02,', '79.000009,X79,Sai,,3,false,2025-07-03,',
    ]);
    expect([...new Set(partsOf(answer))].sort()).toEqual([
      'rows.3.pauseOnFinancialObligation IMPORT.CELL_INVALID', 'rows.3.term.amount IMPORT.CELL_INVALID', 'rows.4.term.kind IMPORT.CELL_INVALID',
    ]);
    expect(partsOf(await importProcedures(['79.000009,X82,Đơn vị lạ,,,false,2025-07-01,'], everywhere))).toEqual(['rows.2.unit PROCEDURE.UNKNOWN_UNIT']);
    expect((await catalog.get('/v1/procedures/79.000009?unit=X79')).status).toBe(404);
  });

  it('refuses a caller without a token, with another role, or rows for every unit by one for some', async () => {
    const desk = await catalog.token(['desk'], '*');
    expect(await catalog.send('POST', '/v1/imports/procedures', { csv: PROCEDURE_HEADER })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await importProcedures([], desk)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(partsOf(await importProcedures(file, here))).toEqual(['rows.2.unit AUTH.UNIT_OUT_OF_SCOPE']);
  });
});

describe('POST /v1/imports/procedures with the columns that may be left out', () => {
  const header = `${PROCEDURE_HEADER},announcementDueOn,announcedOn,publicationDueOn,publishedOn,parts,onlineLevel,offeredOnline,eligibleForFull,fee,onlinePayment,citizen,resultDocument,certifiedCopies`;
  const send = (csv: string) => catalog.send('POST', '/v1/imports/procedures', { token: everywhere, csv });
  const whole = {
    announcement: { dueOn: '2025-06-30', on: '2025-06-27' }, publication: { dueOn: '2025-07-10', on: '2025-07-04' }, parts: ['name', 'agency'],
    onlineLevel: 'full', offeredOnline: false, eligibleForFull: true, fee: true, onlinePayment: false, citizen: true, resultDocument: false, certifiedCopies: true,
  };

  it('records what they say, in any order of columns', async () => {
    const file = `${header}\n79.000020,X79,Đủ,,,false,2025-07-01,,2025-06-30,2025-06-27,2025-07-10,2025-07-04,Agency; name,FULL,false,true,true,false,true,false,true`;
    expect(await send(file)).toMatchObject({ status: 200, body: { rows: 1, recorded: 1 } });
    expect((await catalog.get('/v1/procedures/79.000020?unit=X79')).body).toMatchObject({ inForce: whole });
    expect(await send('fee,code,unit,name,termKind,termAmount,pauseOnFinancialObligation,validFrom,validTo\ntrue,79.000021,X79,Một cột,,,false,2025-07-01,')).toMatchObject({ status: 200, body: { recorded: 1 } });
    expect((await catalog.get('/v1/procedures/79.000021?unit=X79')).body).toMatchObject({ inForce: { fee: true } });
  });

  it('names every cell that is wrong', async () => {
    const answer = await send(`${header}\n79.000022,X79,Sai,,,false,2025-07-01,,30/06/2025,,,2025-02-30,forms,most,yes!,maybe,1,,,,`);
    expect([...new Set(partsOf(answer))].sort()).toEqual([
      'announcement.dueOn', 'eligibleForFull', 'fee', 'offeredOnline', 'onlineLevel', 'parts', 'publication.on',
    ].map((path) => `rows.2.${path} IMPORT.CELL_INVALID`));
  });

  it.each([['one that is unknown', `${PROCEDURE_HEADER},colour`], ['one twice', `${PROCEDURE_HEADER},fee,fee`], ['one too few', PROCEDURE_HEADER.replace(',validTo', '')]])(
    'refuses a header with %s', async (_case, unknown) => {
      expect(await send(`${unknown}\n`)).toMatchObject({ status: 400, body: { code: 'IMPORT.NOT_CSV' } });
    },
  );

  it('records the same rows as JSON, and nothing for what a file has said', async () => {
    const row = { code: '79.000020', unit: 'X79', name: 'Đủ', pauseOnFinancialObligation: false, validFrom: '2025-07-01', ...whole };
    const sendRows = (body: unknown) => catalog.send('POST', '/v1/imports/procedures/json', { token: everywhere, body });
    expect(await sendRows({ rows: [row, { ...row, code: '79.000023' }] })).toMatchObject({ status: 200, body: { rows: 2, recorded: 1 } });
    expect((await catalog.get('/v1/procedures/79.000023?unit=X79')).body).toMatchObject({ inForce: whole });

    const wrong = await sendRows({ rows: [{ ...row, code: '79.000024' }, { ...row, code: '79.000024', fee: 'yes', colour: 'red' }, 7] });
    expect(partsOf(wrong)).toEqual(['rows.3 IMPORT.CELL_INVALID']);
    expect(partsOf(await sendRows({ rows: [{ ...row, code: '79.000024' }, { ...row, fee: 'yes', colour: 'red' }] })).sort()).toEqual([
      'rows.2.colour IMPORT.CELL_INVALID', 'rows.2.fee IMPORT.CELL_INVALID',
    ]);
    expect((await catalog.get('/v1/procedures/79.000024?unit=X79')).status).toBe(404);
    for (const body of [[row], {}, { rows: 7 }, { rows: [], more: 1 }]) {
      expect(await sendRows(body)).toMatchObject({ status: 400, body: { code: 'IMPORT.NOT_ROWS' } });
    }
  });
});

describe('POST /v1/imports/reported-figures', () => {
  const importFigures = (lines: readonly string[], token = here) =>
    catalog.send('POST', '/v1/imports/reported-figures', { token, csv: ['unit,measure,period,value,sourceDocument,sourceDay', ...lines].join('\n') });
  const file = ['X79,national-report,2026-10,152595,318/BC-VP,2026-11-05', 'x79,PAR-INDEX,2026,88.1500,412/QĐ-BNV,2027-03-01'];

  it('records all rows, publishes them, and records nothing for the same file', async () => {
    expect(await importFigures(file)).toMatchObject({ status: 200, body: { rows: 2, recorded: 2 } });
    expect(await importFigures(file)).toMatchObject({ status: 200, body: { rows: 2, recorded: 0 } });
    expect((await catalog.get('/v1/reported-figures/X79/par-index/2026')).body).toMatchObject({ value: '88.1500', source: { document: '412/QĐ-BNV' } });
    const keys = ['X79@national-report@2026-10', 'X79@par-index@2026'];
    const records = await readTopic(reportedFigureTopic.name, { brokers: [catalog.kafka.address], until: (all) => keys.every((key) => all.some((record) => record.key === key)) });
    expect(records.filter(({ key }) => keys.includes(key))).toHaveLength(2);
  });

  it('records nothing if one row is wrong, and names every wrong row', async () => {
    const answer = await importFigures(['X79,work-files,2026-10,5,1/BC,2026-11-05', 'X79,work,2026-10,5,công văn,2026-11-31']);
    expect([...partsOf(answer)].sort()).toEqual([
      'rows.3.measure IMPORT.CELL_INVALID', 'rows.3.source.day IMPORT.CELL_INVALID', 'rows.3.source.document IMPORT.CELL_INVALID',
    ]);
    expect(partsOf(await importFigures([
      'X79,work-files,2026-10,5,1/BC,2026-11-05', 'X79,work-files,2026-W60,5,1/BC,2026-11-05', 'X79,sipas,2026-10,80,1/BC,2026-11-05',
      'X79,valid-results,2026-10,-5,1/BC,2026-11-05', 'X79,work-files,2026-10,6,1/BC,2026-11-05',
    ]))).toEqual([
      'rows.3.period PERIOD.UNKNOWN', 'rows.4.period FIGURE.PERIOD_OF_INDEX', 'rows.5.value FIGURE.VALUE_MALFORMED', 'rows.6.measure IMPORT.ROW_REPEATED',
    ]);
    expect((await catalog.get('/v1/reported-figures/X79/work-files/2026-10')).status).toBe(404);
  });

  it('refuses a caller without a token, with another role, or rows of another unit', async () => {
    expect(await catalog.send('POST', '/v1/imports/reported-figures', { csv: 'unit' })).toMatchObject({ status: 401 });
    expect(await importFigures(file, await catalog.token(['desk'], '*'))).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(partsOf(await importFigures(['X80,work-files,2026-10,5,1/BC,2026-11-05']))).toEqual(['rows.2.unit AUTH.UNIT_OUT_OF_SCOPE']);
  });
});
