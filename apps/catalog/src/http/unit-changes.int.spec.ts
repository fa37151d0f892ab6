import { unitTopic, type UnitVersioned } from '@index766/contracts-catalog';
import { readTopic } from '@index766/testing-integration';

import { RunningCatalog, type Answer } from '../test/running-catalog';

const province = { name: 'UBND tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' };
const commune = { name: 'UBND xã Ví Dụ', level: 'COMMUNE', parent: 'X81', validFrom: '2025-07-01' };
const LAST_DAY = '2026-10-15';
const FIRST_DAY = '2026-10-16';
const SINCE = '2025-07-01T00:00:00.000Z';
const RECORDED = '2026-10-01T00:00:00.000Z';

let catalog: RunningCatalog;
let recorder: string;
beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  recorder = await catalog.token(['administrator', 'replay'], '*');
  for (const code of ['X81', 'X82']) await recordUnit(code, province, SINCE);
  for (const code of ['X81.1', 'X81.2', 'X81.4']) await recordUnit(code, { ...commune, name: code }, SINCE);
});
afterAll(() => catalog.close());

async function recordUnit(code: string, body: object, recordedAt: string): Promise<void> {
  const answer = await catalog.send('PUT', `/v1/units/${code}`, { token: recorder, body, headers: { 'X-Recorded-At': recordedAt } });
  if (answer.status !== 200) throw new Error(`${code} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

const below = async (parent: string, query: string) =>
  ((await catalog.get(`/v1/units?parent=${parent}&${query}`)).body['items'] as readonly { readonly key: string }[]).map(({ key }) => key);

/** Once there are so many of each code. */
async function versionsOnTopic(counts: Readonly<Record<string, number>>): Promise<readonly UnitVersioned[]> {
  const records = await readTopic(unitTopic.name, {
    brokers: [catalog.kafka.address], timeoutMs: 60_000,
    until: (all) => Object.entries(counts).every(([code, count]) => all.filter(({ key }) => key === code).length >= count),
  });
  return records.filter(({ key }) => key in counts).map(({ value }) => JSON.parse(value?.toString('utf8') ?? '') as UnitVersioned);
}

describe('two communes that merge into a new one', () => {
  beforeAll(async () => {
    await recordUnit('X81.3', { ...commune, name: 'X81.3', validFrom: FIRST_DAY }, RECORDED);
    for (const code of ['X81.1', 'X81.2']) await recordUnit(code, { ...commune, name: code, validTo: LAST_DAY, successor: 'X81.3' }, RECORDED);
  });

  it('are units of the province up to their last day, and the new one from the next day on', async () => {
    expect(await below('X81', `asOf=${LAST_DAY}`)).toEqual(['X81.1', 'X81.2', 'X81.4']);
    expect(await below('X81', `asOf=${FIRST_DAY}`)).toEqual(['X81.3', 'X81.4']);
  });

  it('stay to be read, with who takes over from them', async () => {
    expect(await catalog.get(`/v1/units/X81.1?asOf=${LAST_DAY}`)).toMatchObject({
      status: 200, body: { inForce: { version: 2, validTo: LAST_DAY, successor: 'X81.3' }, versions: [{ version: 1 }, { version: 2 }] },
    });
    expect(await catalog.get(`/v1/units/X81.1?asOf=${FIRST_DAY}`)).toMatchObject({ status: 200, body: { inForce: null, versions: [{}, {}] } });
  });

  it('are units for ever as it was known before the merge was recorded', async () => {
    expect(await below('X81', `asOf=${FIRST_DAY}&knownBy=2026-09-30T23:59:59.999Z`)).toEqual(['X81.1', 'X81.2', 'X81.4']);
    expect(await below('X81', `asOf=${FIRST_DAY}&knownBy=${RECORDED}`)).toEqual(['X81.3', 'X81.4']);
  });

  it('leave every version on the topic', async () => {
    const versions = await versionsOnTopic({ 'X81.1': 2, 'X81.2': 2, 'X81.3': 1 });
    const of = (code: string) => versions.filter((each) => each.code === code).map(({ version, validFrom, validTo, successor }) => [version, validFrom, validTo, successor]);
    for (const code of ['X81.1', 'X81.2']) {
      expect(of(code)).toEqual([[1, '2025-07-01', undefined, undefined], [2, '2025-07-01', LAST_DAY, 'X81.3']]);
    }
    expect(of('X81.3')).toEqual([[1, FIRST_DAY, undefined, undefined]]);
  });
});

describe('a unit that moves to another province', () => {
  const moved = { ...commune, name: 'X81.4', parent: 'X82', validFrom: FIRST_DAY };
  const putBy = async (units: readonly string[], path: string, body: object): Promise<Answer> =>
    catalog.send('PUT', path, { token: await catalog.token(['administrator'], ...units), body });

  it('is moved by who may act for both provinces alone', async () => {
    for (const units of [['X81'], ['X82']]) {
      expect(await putBy(units, '/v1/units/X81.4', moved)).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    }
    expect(await putBy(['X81', 'X82'], '/v1/units/X81.4', moved)).toMatchObject({ status: 200, body: { version: 2, parent: 'X82' } });
  });

  it('stands below the one up to the day before, and below the other from that day on', async () => {
    expect([await below('X81', `asOf=${LAST_DAY}`), await below('X82', `asOf=${LAST_DAY}`)]).toEqual([['X81.1', 'X81.2', 'X81.4'], []]);
    expect([await below('X81', `asOf=${FIRST_DAY}`), await below('X82', `asOf=${FIRST_DAY}`)]).toEqual([['X81.3'], ['X81.4']]);
  });

  it('keeps its code on the topic, with a version for each of its parents', async () => {
    expect((await versionsOnTopic({ 'X81.4': 2 })).map(({ version, parent, validFrom }) => [version, parent, validFrom])).toEqual([[1, 'X81', '2025-07-01'], [2, 'X82', FIRST_DAY]]);
  });
});
