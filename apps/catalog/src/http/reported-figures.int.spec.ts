import { reportedFigureTopic } from '@index766/contracts-catalog';
import { decodeRecord } from '@index766/contracts-envelope';
import { readTopic } from '@index766/testing-integration';

import { RunningCatalog } from '../test/running-catalog';

const figure = { value: 152_595, source: { document: '318/BC-VP', day: '2026-11-05' } };

let catalog: RunningCatalog;
let here: string;
let replay: string;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
  const everywhere = await catalog.token(['administrator'], '*');
  here = await catalog.token(['administrator'], 'X78');
  replay = await catalog.token(['administrator', 'replay'], 'X78');
  for (const [code, level, parent] of [['X78', 'PROVINCE', null], ['X78.1', 'COMMUNE', 'X78']] as const) {
    await catalog.send('PUT', `/v1/units/${code}`, { token: everywhere, body: { name: `Đơn vị ${code}`, level, parent, validFrom: '2025-01-01' } });
  }
});
afterAll(() => catalog.close());

const put = (what: string, body: unknown, token = here, headers = {}) =>
  catalog.send('PUT', `/v1/reported-figures/${what}`, { token, body, headers });

describe('PUT /v1/reported-figures/{unit}/{measure}/{period}', () => {
  it('records a figure with its reporter, keeps every correction, and publishes both', async () => {
    const id = { key: 'X78@national-report@2026-10', unit: 'X78', measure: 'national-report', period: '2026-10' };
    const corrected = { ...figure, value: 152_600 };
    expect(await put('X78/national-report/2026-10', figure)).toMatchObject({ status: 200, body: { ...id, changed: true, version: 1, ...figure, reporter: 'local-administrator' } });
    expect(await put('x78/national-report/2026-10', figure)).toMatchObject({ status: 200, body: { ...id, changed: false } });
    expect(await put('X78/national-report/2026-10', corrected)).toMatchObject({ status: 200, body: { ...id, changed: true, version: 2, ...corrected } });
    expect(await catalog.get('/v1/reported-figures/X78/national-report/2026-10')).toMatchObject({
      status: 200, body: { ...id, ...corrected, version: 2, versions: [{ version: 1, ...figure, reporter: 'local-administrator' }, { version: 2, ...corrected }] },
    });

    const mine = (all: readonly { readonly key: string }[]) => all.filter(({ key }) => key === id.key);
    const records = await readTopic(reportedFigureTopic.name, { brokers: [catalog.kafka.address], until: (all) => mine(all).length === 2 });
    expect(records.filter(({ key }) => key === id.key).map((record) => decodeRecord(reportedFigureTopic, record))).toMatchObject([
      { ok: true, value: { envelope: { sequence: 1 }, data: { unit: 'X78', measure: 'national-report', period: '2026-10', ...figure, reporter: 'local-administrator', version: 1 } } },
      { ok: true, value: { envelope: { sequence: 2 }, data: { ...corrected, version: 2 } } },
    ]);
  });

  it('tells what was known at an instant', async () => {
    await put('X78/work-files/2026-10', { ...figure, value: 10 }, replay, { 'X-Recorded-At': '2026-11-05T02:00:00.000Z' });
    await put('X78/work-files/2026-10', { ...figure, value: 12 }, replay, { 'X-Recorded-At': '2026-11-07T02:00:00.000Z' });
    expect((await catalog.get('/v1/reported-figures/X78/work-files/2026-10?knownBy=2026-11-06T00:00:00.000Z')).body).toMatchObject({ value: 10, versions: [{ version: 1 }] });
    expect(await catalog.get('/v1/reported-figures/X78/work-files/2026-10?knownBy=2026-11-05T00:00:00.000Z')).toMatchObject({ status: 404, body: { code: 'FIGURE.NOT_FOUND' } });
  });

  it.each([
    ['a measure that is none', 'X78/dossiers/2026-10', figure, 400, 'REQUEST.INVALID'],
    ['a period that is none', 'X78/work-files/2026-W60', figure, 400, 'PERIOD.UNKNOWN'],
    ['an index of a month', 'X78/sipas/2026-10', { ...figure, value: '88.15' }, 422, 'FIGURE.PERIOD_OF_INDEX'],
    ['an index as a number', 'X78/sipas/2026', { ...figure, value: 88.15 }, 422, 'FIGURE.VALUE_MALFORMED'],
    ['a count below nothing', 'X78/work-files/2026-10', { ...figure, value: -1 }, 422, 'FIGURE.VALUE_MALFORMED'],
    ['no value', 'X78/work-files/2026-10', { source: figure.source }, 400, 'REQUEST.INVALID'],
    ['no source', 'X78/work-files/2026-10', { value: 1 }, 400, 'REQUEST.INVALID'],
    ['a sentence for a document', 'X78/work-files/2026-10', { value: 1, source: { ...figure.source, document: 'theo công văn' } }, 400, 'REQUEST.INVALID'],
    ['a document of no day', 'X78/work-files/2026-10', { value: 1, source: { ...figure.source, day: '2026-02-30' } }, 400, 'REQUEST.INVALID'],
    ['a reporter of its own choice', 'X78/work-files/2026-10', { ...figure, reporter: 'x' }, 400, 'REQUEST.INVALID'],
  ])('refuses %s', async (_case, what, body, status, code) => {
    expect(await put(what, body)).toMatchObject({ status, body: { code } });
  });

  it('refuses a caller without a token, with another role, for another unit, and one whose subject is no code', async () => {
    expect(await catalog.send('PUT', '/v1/reported-figures/X78/work-files/2026-11', { body: figure })).toMatchObject({ status: 401, body: { code: 'AUTH.MISSING_TOKEN' } });
    expect(await put('X78/work-files/2026-11', figure, await catalog.token(['desk'], '*'))).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await put('X78/work-files/2026-11', figure, await catalog.token(['administrator'], 'X77'))).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await put('X77/work-files/2026-11', figure, await catalog.token(['administrator'], '*'))).toMatchObject({ status: 422, body: { code: 'FIGURE.UNKNOWN_UNIT' } });
    const named = await catalog.tokenOf('someone@example.org', ['administrator'], 'X78');
    expect(await put('X78/work-files/2026-11', figure, named)).toMatchObject({ status: 403, body: { code: 'FIGURE.NO_REPORTER' } });
  });
});

describe('GET /v1/reported-figures', () => {
  beforeAll(async () => {
    for (const [what, value] of [['X78.1/valid-results/2026-09', 3], ['X78.1/valid-results/2026-10', 4], ['X78.1/work-files/2026-10', 5]] as const) {
      await put(what, { ...figure, value });
    }
  });

  const keysOf = async (query: string) => ((await catalog.get(`/v1/reported-figures?${query}`)).body['items'] as { key: string }[]).map(({ key }) => key);

  it('lists those of one unit, of a measure, of a period, in pages', async () => {
    expect(await keysOf('unit=X78.1')).toEqual(['X78.1@valid-results@2026-09', 'X78.1@valid-results@2026-10', 'X78.1@work-files@2026-10']);
    expect(await keysOf('unit=X78.1&measure=valid-results&period=2026-10')).toEqual(['X78.1@valid-results@2026-10']);
    expect(await keysOf('measure=valid-results')).toEqual(['X78.1@valid-results@2026-09', 'X78.1@valid-results@2026-10']);
    expect((await catalog.get('/v1/reported-figures?unit=X78.1&limit=2')).body).toMatchObject({ next: 'X78.1@valid-results@2026-10' });
    expect(await keysOf('unit=X78.1&limit=2&after=X78.1@valid-results@2026-10')).toEqual(['X78.1@work-files@2026-10']);
    expect((await catalog.get('/v1/reported-figures?unit=X78.1&knownBy=2026-01-01T00:00:00.000Z')).body).toEqual({ items: [], next: null });
  });

  it('knows no figure that nobody has reported', async () => {
    expect(await catalog.get('/v1/reported-figures/X78.1/sipas/2025')).toMatchObject({ status: 404, body: { code: 'FIGURE.NOT_FOUND' } });
  });
});
