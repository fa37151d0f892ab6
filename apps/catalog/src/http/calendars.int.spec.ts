import { calendarTopic } from '@index766/contracts-catalog';
import { decodeRecord } from '@index766/contracts-envelope';
import { readTopic } from '@index766/testing-integration';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import { RunningCatalog, partCodes } from '../test/running-catalog';

const { id: _id, version: _version, ...calendar } = VIETNAM_CALENDAR;

let catalog: RunningCatalog;
let everywhere: string;
let here: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  everywhere = await catalog.token(['administrator'], '*');
  here = await catalog.token(['administrator'], 'X77');
  await catalog.send('PUT', '/v1/units/X77', {
    token: everywhere, body: { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' },
  });
});
afterAll(() => catalog.close());

const put = (path: string, body: unknown, token = everywhere) => catalog.send('PUT', `/v1/calendars/${path}`, { token, body });

describe('PUT /v1/calendars/{id}', () => {
  it('records the shipped calendar and publishes it as it was said', async () => {
    expect(await put('x77-first', calendar)).toMatchObject({ status: 200, body: { id: 'x77-first', changed: true, version: 1 } });
    const records = await readTopic(calendarTopic.name, { brokers: [catalog.kafka.address], until: (all) => all.some(({ key }) => key === 'x77-first') });
    const record = records.find(({ key }) => key === 'x77-first');
    expect(record && decodeRecord(calendarTopic, record)).toMatchObject({
      ok: true, value: { envelope: { sequence: 1 }, data: { ...calendar, id: 'x77-first', version: 1 } },
    });
  });

  it('records nothing for the same calendar in another order, and the next version for another one', async () => {
    await put('x77-second', calendar);
    expect(await put('x77-second', { ...calendar, holidays: [...calendar.holidays].reverse() })).toMatchObject({ body: { changed: false } });
    expect(await put('x77-second', { ...calendar, coversTo: '2028-12-31' })).toMatchObject({ status: 200, body: { changed: true, version: 2 } });
  });

  it('refuses one that cannot be computed with, naming every fault', async () => {
    const answer = await put('x77-third', {
      ...calendar, termDays: [7], holidays: [...calendar.holidays, { day: '2040-01-01', name: 'x' }], overrides: [{ unit: 'X78' }],
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'CALENDAR.REFUSED' } });
    expect(partCodes(answer)).toEqual(['CALENDAR.NO_WORKING_TIME', 'CALENDAR.DAY_NOT_COVERED', 'CALENDAR.UNKNOWN_UNIT']);
    expect(partCodes(await put('X77 UPPER', calendar))).toEqual(['CALENDAR.ID_MALFORMED']);
  });

  it.each([
    ['hours outside a day', { ...calendar, officeHours: { 1: [{ from: 0, to: 1441 }] } }],
    ['hours of an eighth weekday', { ...calendar, officeHours: { 8: [] } }],
    ['a holiday without a name', { ...calendar, holidays: [{ day: '2026-01-01' }] }],
    ['a holiday that does not exist', { ...calendar, holidays: [{ day: '2026-02-30', name: 'x' }] }],
    ['no office hours', { ...calendar, officeHours: undefined }],
    ['a list as the office hours', { ...calendar, officeHours: [] }],
    ['a weekday of an override that does not exist', { ...calendar, overrides: [{ unit: 'X77', extraTermDays: [0] }] }],
  ])('refuses %s as a request', async (_case, body) => {
    expect(await put('x77-third', body)).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  });

  it('refuses a caller without a token, with another role, or for a part of the units', async () => {
    const operator = await catalog.token(['operator'], '*');
    expect(await catalog.send('PUT', '/v1/calendars/x77-first', { body: calendar })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await put('x77-first', calendar, operator)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await put('x77-first', calendar, here)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });
});

describe('PUT /v1/calendars/{id}/overrides/{unit}', () => {
  const saturdays = { overrides: [{ officeHours: { ...calendar.officeHours, 6: [{ from: 450, to: 690 }] }, extraTermDays: [6] }] };

  beforeAll(() => put('x77-own', calendar));

  it('records what a unit has otherwise as a new version of the calendar, by an administrator of the unit', async () => {
    expect(await put('x77-own/overrides/X77', saturdays, here)).toMatchObject({ status: 200, body: { changed: true, version: 2 } });
    expect(await put('x77-own/overrides/X77', saturdays, here)).toMatchObject({ status: 200, body: { changed: false } });
    expect((await catalog.get('/v1/calendars/x77-own')).body).toMatchObject({
      version: 2, holidays: calendar.holidays, overrides: [{ unit: 'X77', extraTermDays: [6] }],
    });
    expect(await put('x77-own/overrides/X77', { overrides: [] }, here)).toMatchObject({ status: 200, body: { version: 3, overrides: [] } });
  });

  it('refuses a calendar that is not recorded, and what cannot be computed with', async () => {
    expect(partCodes(await put('x77-none/overrides/X77', saturdays, here))).toEqual(['CALENDAR.NOT_FOUND']);
    expect(partCodes(await put('x77-own/overrides/X77', { overrides: [{ daysOff: [{ day: '2040-01-01', name: 'x' }] }] }, here))).toEqual(['CALENDAR.DAY_NOT_COVERED']);
    expect(partCodes(await put('x77-own/overrides/X78', saturdays))).toEqual(['CALENDAR.UNKNOWN_UNIT']);
    expect(await put('x77-own/overrides/X77', { overrides: [{ unit: 'X77' }] }, here)).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  });

  it('refuses a caller without a token, with another role, or for another unit', async () => {
    const path = '/v1/calendars/x77-own/overrides/X77';
    const source = await catalog.token(['source'], 'X77');
    const elsewhere = await catalog.token(['administrator'], 'X70');
    expect(await catalog.send('PUT', path, { body: saturdays })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await catalog.send('PUT', path, { body: saturdays, token: source })).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await catalog.send('PUT', path, { body: saturdays, token: elsewhere })).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });
});

describe('GET /v1/calendars', () => {
  beforeAll(async () => {
    const replay = await catalog.token(['administrator', 'replay'], '*');
    const recordAt = (recordedAt: string, body: unknown) =>
      catalog.send('PUT', '/v1/calendars/x77-read', { token: replay, body, headers: { 'X-Recorded-At': recordedAt } });
    await recordAt('2026-01-01T00:00:00.000Z', calendar);
    await recordAt('2026-03-01T00:00:00.000Z', { ...calendar, source: 'a later announcement' });
  });

  it('gives the latest version, one by its number, and the latest that was known', async () => {
    expect((await catalog.get('/v1/calendars/x77-read')).body).toMatchObject({ version: 2, source: 'a later announcement' });
    expect((await catalog.get('/v1/calendars/x77-read?version=1')).body).toMatchObject({ version: 1, source: calendar.source });
    expect((await catalog.get('/v1/calendars/x77-read?knownBy=2026-02-01T00:00:00.000Z')).body).toMatchObject({
      version: 1, versions: [{ version: 1, recordedAt: '2026-01-01T00:00:00.000Z' }],
    });
  });

  it('knows no other calendar or version', async () => {
    expect(await catalog.get('/v1/calendars/x77-none')).toMatchObject({ status: 404, body: { code: 'CALENDAR.NOT_FOUND' } });
    expect(await catalog.get('/v1/calendars/x77-read?version=3')).toMatchObject({ status: 404, body: { code: 'CALENDAR.NOT_FOUND' } });
    expect(await catalog.get('/v1/calendars/x77-read?version=one')).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
  });

  it('lists the ids', async () => {
    expect((await catalog.get('/v1/calendars?after=x77-o&limit=2')).body).toEqual({ items: [{ id: 'x77-own' }, { id: 'x77-read' }], next: 'x77-read' });
  });
});
