import { officerTopic } from '@index766/contracts-catalog';
import { officerSeenTopic, officerSeenV1 } from '@index766/contracts-dossiers';
import { decodeRecord, encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { instantOf } from '@index766/kernel';
import { databaseName, openDatabase, readTopic, sendRecords, until } from '@index766/testing-integration';

import { pseudonym } from '../test/catalog.fixture';
import { RunningCatalog } from '../test/running-catalog';

const NAME = 'Trần Thị Ví Dụ';
const UNIT = 'X83.1';
const [A, B, C, D, ERASED, BROKEN] = ['1', '2', '3', '4', '5', '6'].map((digit) => pseudonym(digit).replace(/^.{8}/, '83838383')) as [
  string, string, string, string, string, string,
];

let catalog: RunningCatalog;
let administrator: string;
let reader: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  const everywhere = await catalog.token(['administrator'], '*');
  administrator = await catalog.token(['administrator'], 'X83');
  reader = await catalog.token(['officer-list'], UNIT);
  const unit = { name: 'Ví Dụ', validFrom: '2025-01-01' };
  await catalog.send('PUT', '/v1/units/X83', { token: everywhere, body: { ...unit, level: 'PROVINCE', parent: null } });
  await catalog.send('PUT', `/v1/units/${UNIT}`, { token: everywhere, body: { ...unit, level: 'COMMUNE', parent: 'X83' } });
  await seen([A, 1, {}], [B, 1, { title: undefined }], [C, 1, {}], [D, 1, { unit: 'X84.1' }], [ERASED, 1, {}]);
  await until(async () => (await Promise.all([A, B, C, ERASED].map((each) => get(each)))).every(({ status }) => status === 200), { what: 'officers' });
});
afterAll(() => catalog.close());

type Sighting = readonly [key: string, sequence: number, fields: object];

function seen(...sightings: readonly Sighting[]): Promise<void> {
  return sendRecords(officerSeenTopic.name, sightings.map(([key, sequence, fields]) => {
    const at = instantOf(Date.UTC(2026, 9, sequence));
    const envelope = envelopeOf(officerSeenTopic, { type: officerSeenV1.type, occurredAt: at, recordedAt: at, subject: key, sequence });
    const { headers, value } = encodeRecord(envelope, { name: NAME, title: 'Công chức', unit: UNIT, ...fields }, officerSeenV1);
    return { key, headers, value };
  }), [catalog.kafka.address]);
}

const get = (key: string, token = administrator) => catalog.get(`/v1/officers/${key}`, token);
const put = (key: string, body: unknown, token = administrator) => catalog.send('PUT', `/v1/officers/${key}`, { token, body });
const titleOf = async (key: string) => (await get(key)).body['title'];

async function told(key: string, count: number) {
  const ofKey = (records: Awaited<ReturnType<typeof readTopic>>) => records.filter((record) => record.key === key);
  const records = ofKey(await readTopic(officerTopic.name, { brokers: [catalog.kafka.address], until: (all) => ofKey(all).length >= count }));
  return records.map((record) => {
    const decoded = decodeRecord(officerTopic, record);
    if (!decoded.ok) throw new Error(decoded.error.code);
    return decoded.value;
  });
}

describe('officers that pushes name', () => {
  it('are known and told to readers', async () => {
    expect(await get(A, reader)).toMatchObject({
      status: 200, body: { pseudonym: A, name: NAME, title: 'Công chức', unit: UNIT, aliases: [], ambiguous: false, absences: [], erased: false },
    });
    const [record] = await told(A, 1);
    expect(record).toMatchObject({
      type: 'catalog.officer-described.v1', envelope: { sequence: 1, source: '/index766/catalog' }, data: { pseudonym: A, name: NAME, unit: UNIT },
    });
  });

  it('are told again once for what is new, however often it comes', async () => {
    await seen([B, 2, { title: 'Phó trưởng phòng' }], [B, 2, { title: 'Phó trưởng phòng' }], [B, 1, {}]);
    await until(async () => (await titleOf(B)) === 'Phó trưởng phòng', { what: 'the new title' });
    await seen([B, 2, { title: 'Phó trưởng phòng' }], [B, 3, { title: 'Trưởng phòng' }]);
    await until(async () => (await titleOf(B)) === 'Trưởng phòng', { what: 'the newest title' });
    const records = await told(B, 3);
    expect(records.map(({ envelope: { sequence }, data }) => [sequence, (data as { title?: string }).title])).toEqual([
      [1, undefined], [2, 'Phó trưởng phòng'], [3, 'Trưởng phòng'],
    ]);
  });

  it('stay known after a restart, and what was taken in is not taken in again', async () => {
    await catalog.restart();
    await seen([A, 2, { title: 'Sau khởi động lại' }]);
    await until(async () => (await titleOf(A)) === 'Sau khởi động lại', { what: 'the record after the restart' });
    expect((await told(A, 2)).map(({ envelope: { sequence } }) => sequence)).toEqual([1, 2]);
  });

  it('go to the dead-letter topic if the record is broken, and those behind it are taken in', async () => {
    await sendRecords(officerSeenTopic.name, [{ key: BROKEN, value: '{"name":""}', headers: {} }], [catalog.kafka.address]);
    await seen([C, 2, { title: 'Sau bản ghi hỏng' }]);
    await until(async () => (await titleOf(C)) === 'Sau bản ghi hỏng', { what: 'the record behind' });
    const letters = await readTopic(`${officerSeenTopic.name}.${catalog.group}.dlt`, { count: 1, brokers: [catalog.kafka.address] });
    expect(letters[0]).toMatchObject({ key: BROKEN });
  });
});

describe('PUT /v1/officers/{pseudonym}', () => {
  const statement = {
    title: 'Công chức Tư pháp', aliases: ['Tran Thi Vi Du'], ambiguous: true,
    absences: [{ firstDay: '2026-10-05', lastDay: '2026-10-09' }],
  };

  it('records what an administrator says, tells readers, and tells nothing for the same body', async () => {
    expect(await put(C, statement)).toMatchObject({ status: 200, body: { pseudonym: C, name: NAME, ...statement } });
    expect(await put(C, statement)).toMatchObject({ status: 200, body: statement });
    await put(C, { ...statement, mergedInto: A });
    // Two records told what pushes had said.
    const records = await told(C, 4);
    expect(records.slice(2)).toMatchObject([{ data: statement }, { data: { ...statement, mergedInto: A } }]);
    expect(records.map(({ envelope: { sequence } }) => sequence)).toEqual(records.map((_, index) => index + 1));
  });

  it.each([
    ['somebody whom no push named', pseudonym('0'), {}, 404, 'OFFICER.NOT_FOUND'],
    ['a merge into itself', B, { mergedInto: B }, 422, 'OFFICER.MERGED_INTO_ITSELF'],
    ['a merge into nobody', B, { mergedInto: pseudonym('0') }, 422, 'OFFICER.UNKNOWN_MERGE_TARGET'],
    ['a merge into one that is merged', B, { mergedInto: C }, 422, 'OFFICER.MERGE_CHAIN'],
    ['a merge of one into which others are merged', A, { mergedInto: B }, 422, 'OFFICER.MERGE_CHAIN'],
    ['absences that overlap', B, { absences: [{ firstDay: '2026-10-05', lastDay: '2026-10-09' }, { firstDay: '2026-10-09', lastDay: '2026-10-10' }] }, 422, 'OFFICER.ABSENCES_OVERLAP'],
    ['a validity that ends before it begins', B, { validFrom: '2026-02-01', validTo: '2026-01-01' }, 422, 'VALIDITY.ENDS_BEFORE_IT_BEGINS'],
    ['an absence without an end', B, { absences: [{ firstDay: '2026-10-05' }] }, 400, 'REQUEST.INVALID'],
    ['an unknown field', B, { note: 'x' }, 400, 'REQUEST.INVALID'],
    ['what is no pseudonym', 'Trần', {}, 400, 'REQUEST.INVALID'],
  ])('refuses %s', async (_case, key, body, status, code) => {
    expect(await put(encodeURIComponent(key), body)).toMatchObject({ status, body: { code } });
  });

  it('refuses a caller without a token, with another role, or for another unit', async () => {
    const elsewhere = await catalog.token(['administrator'], 'X70');
    expect(await catalog.send('PUT', `/v1/officers/${A}`, { body: {} })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await put(A, {}, reader)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await put(A, {}, elsewhere)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await put(B, { mergedInto: D })).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });
});

describe('GET /v1/officers', () => {
  it('lists the officers of a unit in pages', async () => {
    const first = await catalog.get(`/v1/officers?unit=${UNIT}&limit=2`, reader);
    expect(first.body).toMatchObject({ items: [{ pseudonym: A }, { pseudonym: B }], next: B });
    expect((await catalog.get(`/v1/officers?unit=${UNIT}&limit=2&after=${B}`, reader)).body).toMatchObject({ items: [{ pseudonym: C }, { pseudonym: ERASED }] });
  });

  it('shows names to nobody without a token, another role, or another unit', async () => {
    const elsewhere = await catalog.token(['officer-list'], 'X70');
    const desk = await catalog.token(['desk', 'operator', 'source'], '*');
    for (const path of [`/v1/officers/${A}`, `/v1/officers?unit=${UNIT}`]) {
      expect(await catalog.get(path)).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
      expect(await catalog.get(path, desk)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
      expect(await catalog.get(path, elsewhere)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    }
    expect(await catalog.get('/v1/officers', reader)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await get(pseudonym('0'), reader)).toMatchObject({ status: 404, body: { code: 'OFFICER.NOT_FOUND' } });
  });
});

describe('DELETE /v1/officers/{pseudonym}', () => {
  const erase = (key: string, token?: string) => catalog.send('DELETE', `/v1/officers/${key}`, token === undefined ? {} : { token });

  it('erases the name from the database and for readers, once, and a later push does not bring it back', async () => {
    expect(await erase(ERASED, administrator)).toMatchObject({ status: 204 });
    expect(await erase(ERASED, administrator)).toMatchObject({ status: 204 });
    await seen([ERASED, 2, { title: 'Mới' }], [B, 4, { title: 'Sau khi xóa' }]);
    await until(async () => (await titleOf(B)) === 'Sau khi xóa', { what: 'the record behind' });

    expect(await get(ERASED)).toEqual({ status: 200, type: expect.any(String), body: { pseudonym: ERASED, unit: UNIT, erased: true } });
    expect((await told(ERASED, 2)).map(({ type }) => type)).toEqual(['catalog.officer-described.v1', 'catalog.officer-erased.v1']);
    const database = await openDatabase(databaseName(__filename));
    const document = await database.db.collection<{ _id: string }>('officers').findOne({ _id: ERASED });
    await database.close();
    expect(JSON.stringify(document)).not.toContain('Ví Dụ');
  });

  it('refuses an unknown one, a caller without a token, with another role, or for another unit', async () => {
    expect(await erase(pseudonym('0'), administrator)).toMatchObject({ status: 404, body: { code: 'OFFICER.NOT_FOUND' } });
    expect(await erase(A)).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await erase(A, reader)).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await erase(A, await catalog.token(['administrator'], 'X70'))).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
  });
});
