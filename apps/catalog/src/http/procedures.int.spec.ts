import { procedureTopic } from '@index766/contracts-catalog';
import { decodeRecord } from '@index766/contracts-envelope';
import { readTopic } from '@index766/testing-integration';

import { RunningCatalog } from '../test/running-catalog';

const procedure = {
  name: 'Chứng thực bản sao', term: { kind: 'working-days', amount: 2 }, pauseOnFinancialObligation: false, validFrom: '2025-07-01',
};

let catalog: RunningCatalog;
let everywhere: string;
let here: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  everywhere = await catalog.token(['administrator'], '*');
  here = await catalog.token(['administrator'], 'X75');
  await catalog.send('PUT', '/v1/units/X75', {
    token: everywhere, body: { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' },
  });
});
afterAll(() => catalog.close());

const put = (code: string, body: unknown, token = here) => catalog.send('PUT', `/v1/procedures/${code}`, { token, body });

describe('PUT /v1/procedures/{code}', () => {
  it('records what one unit has and what every unit has apart from each other, and publishes both', async () => {
    expect(await put('75.000001', { ...procedure, unit: 'X75' })).toMatchObject({
      status: 200, body: { key: '75.000001@X75', code: '75.000001', unit: 'X75', changed: true, version: 1, term: procedure.term },
    });
    expect(await put('75.000001', procedure, everywhere)).toMatchObject({ status: 200, body: { key: '75.000001', changed: true, version: 1 } });

    const keys = ['75.000001', '75.000001@X75'];
    const records = await readTopic(procedureTopic.name, { brokers: [catalog.kafka.address], until: (all) => keys.every((key) => all.some((record) => record.key === key)) });
    const published = records.filter(({ key }) => keys.includes(key)).map((record) => decodeRecord(procedureTopic, record));
    expect(published).toMatchObject([
      { ok: true, value: { data: { code: '75.000001', unit: 'X75', ...procedure } } }, { ok: true, value: { data: { code: '75.000001', ...procedure } } },
    ]);
  });

  it('records all that is said of a procedure, in one form whatever the order, and publishes it', async () => {
    const whole = {
      ...procedure, announcement: { dueOn: '2025-06-30', on: '2025-06-27' }, publication: { dueOn: '2025-07-10', on: '2025-07-04' },
      parts: ['name', 'steps', 'agency'], onlineLevel: 'partial', offeredOnline: false, eligibleForFull: true, fee: true, onlinePayment: true, citizen: true,
      resultDocument: false, certifiedCopies: false,
    };
    expect(await put('74.000001', { ...whole, parts: ['agency', 'name', 'steps'], unit: 'X75' })).toMatchObject({ status: 200, body: { version: 1, ...whole } });
    expect(await put('74.000001', { ...whole, unit: 'X75' })).toMatchObject({ status: 200, body: { changed: false } });
    expect((await catalog.get('/v1/procedures/74.000001?unit=X75')).body).toMatchObject({ inForce: whole });
    const records = await readTopic(procedureTopic.name, { brokers: [catalog.kafka.address], until: (all) => all.some(({ key }) => key === '74.000001@X75') });
    const published = records.filter(({ key }) => key === '74.000001@X75').map((record) => decodeRecord(procedureTopic, record));
    expect(published).toMatchObject([{ ok: true, value: { data: { code: '74.000001', unit: 'X75', version: 1, ...whole } } }]);
  });

  it('takes a duty without a day as nothing said', async () => {
    await put('74.000002', { ...procedure, unit: 'X75' });
    expect(await put('74.000002', { ...procedure, announcement: {}, unit: 'X75' })).toMatchObject({ status: 200, body: { changed: false } });
  });

  it('records nothing for the same body, and the next version without a term', async () => {
    const { term: _term, ...without } = procedure;
    await put('75.000002', { ...procedure, unit: 'X75' });
    expect(await put('75.000002', { ...procedure, unit: 'X75' })).toMatchObject({ status: 200, body: { changed: false } });
    expect(await put('75.000002', { ...without, unit: 'X75' })).toMatchObject({ status: 200, body: { changed: true, version: 2 } });
  });

  it.each([
    ['for a unit that is not recorded', { ...procedure, unit: 'X76' }, 422, 'PROCEDURE.UNKNOWN_UNIT'],
    ['that ends before it begins', { ...procedure, validTo: '2025-06-30' }, 422, 'VALIDITY.ENDS_BEFORE_IT_BEGINS'],
    ['with a term of nothing', { ...procedure, term: { kind: 'months', amount: 0 } }, 400, 'REQUEST.INVALID'],
    ['with an unknown kind of term', { ...procedure, term: { kind: 'weeks', amount: 1 } }, 400, 'REQUEST.INVALID'],
    ['with a list as its term', { ...procedure, term: [procedure.term] }, 400, 'REQUEST.INVALID'],
    ['with a text as a flag', { ...procedure, pauseOnFinancialObligation: 'false' }, 400, 'REQUEST.INVALID'],
    ['announced on a day that does not exist', { ...procedure, announcement: { on: '2026-02-30' } }, 400, 'REQUEST.INVALID'],
    ['with a day for a publication', { ...procedure, publication: '2026-06-30' }, 400, 'REQUEST.INVALID'],
    ['with a part that is none of the seven', { ...procedure, parts: ['forms'] }, 400, 'REQUEST.INVALID'],
    ['with a part twice', { ...procedure, parts: ['name', 'name'] }, 400, 'REQUEST.INVALID'],
    ['with an unknown online level', { ...procedure, onlineLevel: '4' }, 400, 'REQUEST.INVALID'],
    ['with null as a flag', { ...procedure, fee: null }, 400, 'REQUEST.INVALID'],
    ['without a name', { ...procedure, name: undefined }, 400, 'REQUEST.INVALID'],
  ])('refuses one %s', async (_case, body, status, code) => {
    expect(await put('75.000003', body, everywhere)).toMatchObject({ status, body: { code } });
  });

  it('refuses a caller without a token, with another role, for another unit, for every unit', async () => {
    const desk = await catalog.token(['desk'], '*');
    const elsewhere = await catalog.token(['administrator'], 'X70');
    const mine = { ...procedure, unit: 'X75' };
    expect(await catalog.send('PUT', '/v1/procedures/75.000001', { body: mine })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await put('75.000001', mine, desk)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await put('75.000001', mine, elsewhere)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await put('75.000001', procedure, here)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });
});

describe('GET /v1/procedures', () => {
  beforeAll(async () => {
    await put('75.000004', { ...procedure, unit: 'X75' });
    await put('75.000004', { ...procedure, unit: 'X75', term: { kind: 'months', amount: 1 }, validFrom: '2026-01-01', validTo: '2026-12-31' });
  });

  it.each([
    ['2025-12-31', { version: 1, term: { kind: 'working-days', amount: 2 } }],
    ['2026-12-31', { version: 2, term: { kind: 'months', amount: 1 } }],
    ['2027-01-01', null],
  ])('tells what one unit has on %s', async (day, inForce) => {
    const answer = await catalog.get(`/v1/procedures/75.000004?unit=X75&asOf=${day}`);
    expect(answer).toMatchObject({ status: 200, body: { key: '75.000004@X75', inForce, versions: [{ version: 1 }, { version: 2 }] } });
  });

  it('knows no record of every unit where only one unit has one', async () => {
    expect(await catalog.get('/v1/procedures/75.000004')).toMatchObject({ status: 404, body: { code: 'PROCEDURE.NOT_FOUND' } });
  });

  it('lists what is in force, in pages', async () => {
    const { body } = await catalog.get('/v1/procedures?asOf=2026-01-01&limit=1&after=75.000003');
    expect(body).toMatchObject({ items: [{ key: '75.000004@X75', inForce: { version: 2 } }], next: '75.000004@X75' });
    expect((await catalog.get('/v1/procedures?after=75.000004@X75')).body).toEqual({ items: [], next: null });
    expect((await catalog.get('/v1/procedures?asOf=2027-01-01&after=75.000003')).body).toEqual({ items: [], next: null });
  });
});
