import { unitTopic } from '@index766/contracts-catalog';
import { decodeRecord, isWatermark } from '@index766/contracts-envelope';
import { readTopic, type RawRecord } from '@index766/testing-integration';

import { RunningCatalog, partCodes } from '../test/running-catalog';

const PROVINCE = 'X71';
const province = { name: 'UBND tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' };
const commune = { name: 'UBND xã Ví Dụ', level: 'COMMUNE', parent: PROVINCE, validFrom: '2025-07-01' };

let catalog: RunningCatalog;
let everywhere: string;
let here: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  everywhere = await catalog.token(['administrator'], '*');
  here = await catalog.token(['administrator'], PROVINCE);
  await catalog.send('PUT', `/v1/units/${PROVINCE}`, { token: everywhere, body: province });
});
afterAll(() => catalog.close());

const put = (code: string, body: unknown, token = here, headers = {}) =>
  catalog.send('PUT', `/v1/units/${code}`, { token, body, headers });

async function recordsOf(key: string, count: number): Promise<readonly RawRecord[]> {
  const ofKey = (records: readonly RawRecord[]) => records.filter((record) => record.key === key);
  return ofKey(await readTopic(unitTopic.name, { brokers: [catalog.kafka.address], until: (records) => ofKey(records).length >= count }));
}

describe('PUT /v1/units/{code}', () => {
  it('records a version and publishes it as a CloudEvent', async () => {
    const answer = await put('X71.1', commune);
    expect(answer).toMatchObject({ status: 200, body: { code: 'X71.1', changed: true, version: 1, ...commune } });

    const [record] = await recordsOf('X71.1', 1);
    expect(record?.headers).toMatchObject({
      ce_specversion: '1.0', ce_id: `${unitTopic.name}/X71.1/1`, ce_source: '/index766/catalog', ce_type: 'catalog.unit-versioned.v1',
      ce_subject: 'X71.1', ce_partitionkey: 'X71.1', ce_sequence: '1', ce_recordedtime: answer.body['recordedAt'],
      ce_dataschema: 'urn:index766:catalog.unit-versioned.v1', 'content-type': 'application/json',
    });
    expect(record && decodeRecord(unitTopic, record)).toMatchObject({ ok: true, value: { data: { code: 'X71.1', version: 1, ...commune } } });
  });

  it('records nothing for the same body, and the next version for another one', async () => {
    await put('X71.2', commune);
    expect(await put('X71.2', commune)).toMatchObject({ status: 200, body: { code: 'X71.2', changed: false } });
    expect(await put('X71.2', { ...commune, name: 'UBND phường Ví Dụ' })).toMatchObject({ body: { changed: true, version: 2 } });
    expect((await recordsOf('X71.2', 2)).map(({ headers }) => headers['ce_sequence'])).toEqual(['1', '2']);
  });

  it('takes a code in any case', async () => {
    expect(await put('x71.3', commune)).toMatchObject({ status: 200, body: { code: 'X71.3' } });
  });

  it.each([
    ['a reserved code', 'X71.UNKNOWN', commune, 'UNIT.RESERVED_CODE'],
    ['a parent that is not recorded', 'X71.9', { ...commune, parent: 'X71.8' }, 'AUTH.UNIT_OUT_OF_SCOPE'],
    ['a parent of the wrong level', 'X71.9', { ...commune, parent: 'X71.1' }, 'UNIT.PARENT_OF_WRONG_LEVEL'],
    ['a beginning before its parent', 'X71.9', { ...commune, validFrom: '2024-01-01' }, 'UNIT.PARENT_NOT_IN_FORCE'],
    ['another level', 'X71.1', { ...commune, level: 'DEPARTMENT' }, 'UNIT.LEVEL_CHANGED'],
    ['an end before the beginning', 'X71.1', { ...commune, validTo: '2025-01-01' }, 'VALIDITY.ENDS_BEFORE_IT_BEGINS'],
    ['a successor without an end', 'X71.1', { ...commune, successor: 'X71.2' }, 'UNIT.SUCCESSOR_WITHOUT_END'],
  ])('refuses %s with a code', async (_case, code, body, refusal) => {
    const answer = await put(code, body);
    expect(answer).toMatchObject({ status: refusal.startsWith('AUTH') ? 403 : 422, type: expect.stringContaining('problem+json'), body: { code: refusal } });
  });

  it('refuses a parent that nobody recorded', async () => {
    expect(await put('X71.9', { ...commune, parent: 'X71.8' }, everywhere)).toMatchObject({ status: 422, body: { code: 'UNIT.UNKNOWN_PARENT' } });
  });

  it.each([
    ['nothing', undefined, 'REQUEST.INVALID'],
    ['an unknown field', { ...commune, note: 'x' }, 'REQUEST.INVALID'],
    ['no parent', { ...commune, parent: undefined }, 'REQUEST.INVALID'],
    ['a day that does not exist', { ...commune, validFrom: '2025-02-30' }, 'REQUEST.INVALID'],
    ['null for an optional field', { ...commune, validTo: null }, 'REQUEST.INVALID'],
    ['an unknown level', { ...commune, level: 'VILLAGE' }, 'REQUEST.INVALID'],
    ['a code in lower case', { ...commune, parent: 'x71' }, 'REQUEST.INVALID'],
    ['an empty name', { ...commune, name: '' }, 'REQUEST.INVALID'],
  ])('refuses %s as a request', async (_case, body, refusal) => {
    expect(await put('X71.9', body)).toMatchObject({ status: 400, body: { code: refusal } });
  });

  it('refuses a caller without a token, with another role, for another unit', async () => {
    const elsewhere = await catalog.token(['administrator'], 'X70');
    const reader = await catalog.token(['officer-list', 'operator'], '*');
    expect(await catalog.send('PUT', '/v1/units/X71.1', { body: commune })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await put('X71.1', commune, reader)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await put('X71.1', commune, elsewhere)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await put('X72', province, here)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });

  it('refuses to move a unit of others below a unit of its own', async () => {
    await put('X73', { ...province, validFrom: '2025-01-01' }, everywhere);
    await put('X73.1', { ...commune, parent: 'X73' }, everywhere);
    expect(await put('X73.1', commune, here)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });

  it('lets only the role replay say when it was recorded', async () => {
    const replay = await catalog.token(['administrator', 'replay'], PROVINCE);
    const stated = { 'X-Recorded-At': '2025-06-01T00:00:00.000Z' };
    expect(await put('X71.4', commune, here, stated)).toMatchObject({ status: 403, body: { code: 'RECORDED_AT.NOT_ALLOWED' } });
    expect(await put('X71.4', commune, replay, { 'X-Recorded-At': '2999-01-01T00:00:00.000Z' })).toMatchObject({ status: 422, body: { code: 'RECORDED_AT.IN_FUTURE' } });
    expect(await put('X71.4', commune, replay, { 'X-Recorded-At': 'June' })).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
    expect(await put('X71.4', commune, replay, stated)).toMatchObject({ status: 200, body: { recordedAt: '2025-06-01T00:00:00.000Z' } });
  });

  it('numbers the versions of writers that meet without a gap, and publishes them in order', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => put('X71.5', { ...commune, name: `Ví Dụ ${index}` })));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const versions = answers.map(({ body }) => Number(body['version'])).sort((a, b) => a - b);
    expect(versions).toEqual(answers.map((_, index) => index + 1));
    const records = await recordsOf('X71.5', 12);
    expect(records.map(({ headers }) => Number(headers['ce_sequence']))).toEqual(versions);
  });
});

describe('GET /v1/units', () => {
  const units = 'X74';
  beforeAll(async () => {
    const replay = await catalog.token(['administrator', 'replay'], '*');
    const at = (recordedAt: string) => ({ 'X-Recorded-At': recordedAt });
    await put(units, province, replay, at('2025-01-01T00:00:00.000Z'));
    await put('X74.1', { ...commune, parent: units, name: 'first' }, replay, at('2025-07-01T00:00:00.000Z'));
    await put('X74.2', { ...commune, parent: units }, replay, at('2025-07-01T00:00:00.000Z'));
    await put('X74.D', { ...commune, parent: units, level: 'DEPARTMENT' }, replay, at('2025-07-01T00:00:00.000Z'));
    await put('X74.1', { ...commune, parent: units, name: 'second', validFrom: '2026-01-01' }, replay, at('2026-02-01T00:00:00.000Z'));
    await put('X74.2', { ...commune, parent: units, validTo: '2026-06-30', successor: 'X74.1' }, replay, at('2026-06-01T00:00:00.000Z'));
  });

  const inForce = async (query: string) => {
    const { body } = await catalog.get(`/v1/units?parent=${units}&${query}`);
    return (body['items'] as { key: string; inForce: { name: string } }[]).map(({ key, inForce: { name } }) => `${key} ${name}`);
  };

  it('needs no token and tells of one unit what holds and every version', async () => {
    const answer = await catalog.get('/v1/units/X74.1?asOf=2026-01-01');
    expect(answer).toMatchObject({
      status: 200,
      body: { key: 'X74.1', asOf: '2026-01-01', inForce: { version: 2, name: 'second' }, versions: [{ version: 1 }, { version: 2 }] },
    });
  });

  it('tells what held on another day', async () => {
    expect(await inForce('asOf=2025-12-31')).toEqual(['X74.1 first', 'X74.2 UBND xã Ví Dụ', 'X74.D UBND xã Ví Dụ']);
    expect(await inForce('asOf=2026-07-01&level=COMMUNE')).toEqual(['X74.1 second']);
  });

  it('tells what was known then', async () => {
    expect(await inForce('asOf=2026-01-15&knownBy=2026-01-31T00:00:00.000Z&level=COMMUNE')).toEqual(['X74.1 first', 'X74.2 UBND xã Ví Dụ']);
    expect(await catalog.get('/v1/units/X74.1?knownBy=2025-01-01T00:00:00.000Z')).toMatchObject({ status: 404, body: { code: 'UNIT.NOT_FOUND' } });
  });

  it('gives a long list in pages', async () => {
    const first = await catalog.get(`/v1/units?parent=${units}&asOf=2025-12-31&limit=2`);
    expect(first.body).toMatchObject({ items: [{ key: 'X74.1' }, { key: 'X74.2' }], next: 'X74.2' });
    const second = await catalog.get(`/v1/units?parent=${units}&asOf=2025-12-31&limit=2&after=X74.2`);
    expect(second.body).toMatchObject({ items: [{ key: 'X74.D' }], next: null });
  });

  it('refuses what it cannot read, and knows no other unit', async () => {
    const answer = await catalog.get('/v1/units?asOf=today&limit=0&level=VILLAGE');
    expect([...partCodes(answer)].sort()).toEqual(['IS_IN', 'IS_LOCAL_DAY', 'MIN']);
    expect(await catalog.get('/v1/units/X74.99')).toMatchObject({ status: 404, body: { code: 'UNIT.NOT_FOUND' } });
    expect(await catalog.get('/v1/units/%20')).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  });
});

describe('the topic of units', () => {
  it('carries watermarks of the catalog', async () => {
    const records = await readTopic(unitTopic.name, { brokers: [catalog.kafka.address], until: (all) => all.some((record) => isWatermark(record)) });
    expect(records.some((record) => record.headers['ce_source'] === '/index766/catalog')).toBe(true);
  });
});
