import { decisionTopic, portalFiguresImportedV1 } from '@index766/contracts-aggregator';
import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { dossierFactContracts, dossierTopic } from '@index766/contracts-dossiers';
import { WATERMARK_KEY } from '@index766/contracts-envelope';
import { databaseName, openDatabase, readTopic, until } from '@index766/testing-integration';

import { publishFact } from './test/publish-fact';
import { runAggregator, type RunningAggregator } from './test/running-aggregator';

interface ReconciledJson {
  readonly id: string;
  readonly verdict: string;
  readonly gap: { readonly numerator: number | null; readonly denominator: number | null; readonly points: number | null };
  readonly explanations: readonly { readonly code: string; readonly by?: number; readonly text: { readonly vi: string; readonly en: string } }[];
}

const SOURCE = { document: '318/BC-VP', readAt: '2026-11-03T02:00:00.000Z' };
const KEY = 'portal-figures@H44.1@2026-10';
const IMPORT_PATH = '/v1/units/H44.1/portal-figures/2026-10';
const DOSSIERS = ['H44.1-1', 'H44.1-2'];

describe('figures of the portal', () => {
  const database = databaseName(__filename);
  let aggregator: RunningAggregator;
  let token: string;
  let keys = 0;

  async function send(figures: readonly object[], changes: object = {}, options: { readonly key?: string; readonly token?: string; readonly path?: string } = {}) {
    keys += 1;
    const response = await fetch(`${aggregator.url()}${options.path ?? IMPORT_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${options.token ?? token}`, 'content-type': 'application/json', 'idempotency-key': options.key ?? `key-${keys}` },
      body: JSON.stringify({ source: SOURCE, figures, ...changes }),
    });
    return { status: response.status, body: await response.json() as Record<string, unknown> };
  }

  async function get(path: string): Promise<Record<string, unknown>> {
    return await (await aggregator.get(path)).json() as Record<string, unknown>;
  }

  /** What the topic has, once for each sequence. */
  async function told(count: number): Promise<readonly { readonly key: string | null; readonly type: string | undefined; readonly data: unknown }[]> {
    const isFact = ({ key }: { readonly key: string | null }) => key !== WATERMARK_KEY;
    const records = await readTopic(decisionTopic.name, { brokers: aggregator.brokers, until: (all) => all.filter(isFact).length >= count, timeoutMs: 30_000 });
    const bySequence = new Map(records.filter(isFact).map((record) => [`${record.key} ${record.headers['ce_sequence']}`, record]));
    return [...bySequence.values()].map(({ key, headers, value }) => ({ key, type: headers['ce_type'], data: JSON.parse(value?.toString('utf8') ?? '') as unknown }));
  }

  async function indicator(id: string): Promise<ReconciledJson | undefined> {
    const { indicators } = await get('/v1/units/H44.1/reconciliation?period=2026-10') as { indicators?: readonly ReconciledJson[] };
    return indicators?.find((each) => each.id === id);
  }

  beforeAll(async () => {
    aggregator = await runAggregator(database, { WATERMARK_INTERVAL_MS: '1000' });
    token = await aggregator.tokenFor(['operator'], ['H44']);
    const units = [['H44', 'Tỉnh Ví Dụ', 'PROVINCE', null], ['H44.1', 'Xã Một', 'COMMUNE', 'H44'], ['H44.2', 'Xã Hai', 'COMMUNE', 'H44']] as const;
    for (const [code, name, level, parent] of units) {
      const data = { code, name, level, parent, version: 1, validFrom: '2024-01-01' };
      await publishFact(unitTopic, unitVersionedV1, { key: code, sequence: 1, data, occurredAt: '2026-01-01T00:00:00Z' }, aggregator.brokers);
    }
    for (const key of DOSSIERS) {
      const data = { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true };
      await publishFact(dossierTopic, dossierFactContracts['dossier-received'], { key, sequence: 1, data, occurredAt: '2026-10-05T08:00:00+07:00' }, aggregator.brokers);
    }
    await until(async () => {
      const { volume } = await get('/v1/units/H44.1/scores/2026-10');
      return volume === DOSSIERS.length;
    }, { what: 'the dossiers to be counted', timeoutMs: 60_000 });
  });
  afterAll(() => aggregator.stop());

  it('are imported by either code, told on the topic, and stand beside ours with what explains the gap', async () => {
    const imported = await send([
      { indicator: 'ON_TIME', numerator: 5, denominator: 5, points: '20' }, { indicator: '4.1', numerator: 0, denominator: 5, points: '0' },
      { indicator: '3.3', numerator: 2, denominator: 2 },
    ], { groups: [{ group: 'TDGQ', points: '20' }], total: '26' });
    expect(imported).toMatchObject({ status: 200, body: { key: KEY, version: 1, recorded: 1 } });

    expect(await told(1)).toMatchObject([{
      key: KEY, type: portalFiguresImportedV1.type,
      data: { unit: 'H44.1', period: '2026-10', definition: 'qd766-2026', source: SOURCE, total: '26', figures: [{ indicator: '2.1' }, { indicator: '3.3' }, { indicator: '4.1' }] },
    }]);
    expect(await indicator('2.1')).toMatchObject({
      verdict: 'differs', gap: { denominator: -3 },
      explanations: [{ code: 'MISSING_DOSSIERS', by: 3, also: ['4.1'], text: { vi: expect.stringContaining('3 hồ sơ') as string } }],
    });
    expect(await indicator('3.3')).toMatchObject({ verdict: 'agrees', explanations: [{ code: 'AGREES' }] });
    expect(await indicator('4.2')).toMatchObject({ verdict: 'not-compared', explanations: [{ code: 'NOT_MEASURED', side: 'portal', reason: 'no-row' }] });
  });

  it('are recorded once, under the same key and under another', async () => {
    const figures = [{ indicator: '2.1', numerator: 4, denominator: 4 }];
    const first = await send(figures, {}, { key: 'once' });
    expect(first).toMatchObject({ status: 200, body: { recorded: 1, version: 2 } });
    expect(await send(figures, {}, { key: 'once' })).toEqual(first);
    expect(await send(figures)).toMatchObject({ status: 200, body: { recorded: 0, version: 2 } });
    expect(await send([{ indicator: '2.1', numerator: 3, denominator: 4 }], {}, { key: 'once' }))
      .toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY.KEY_REUSED' } });
    expect(await told(2)).toHaveLength(2);
  });

  it('are corrected by the next import; what counted before is kept and can be asked for', async () => {
    const { imports } = await get(IMPORT_PATH) as { imports: readonly { recordedAt: string; version: number }[] };
    const at = encodeURIComponent(imports[0]?.recordedAt ?? '');
    expect(await send([{ indicator: '2.1', numerator: 2, denominator: 2, points: '20' }])).toMatchObject({ body: { version: 3, recorded: 1 } });
    expect(await indicator('2.1')).toMatchObject({ verdict: 'agrees' });
    expect(await get(`/v1/units/H44.1/reconciliation?period=2026-10&knownAt=${at}`)).toMatchObject({ imported: { version: 1 } });
    expect(((await get(IMPORT_PATH)) as { imports: readonly unknown[] }).imports).toHaveLength(3);
  });

  it('show where to look in a province, and as CSV', async () => {
    expect(await get('/v1/reconciliation?parent=H44&period=2026-10')).toMatchObject({
      units: [{ unit: 'H44.1', version: 3, verdict: 'agrees', differing: [] }], withoutImport: ['H44', 'H44.2'],
    });
    const csv = await (await aggregator.get('/v1/units/H44.1/reconciliation?period=2026-10&format=csv')).text();
    expect(csv).toContain('H44.1,2026-10,2.1,agrees,2,2,20,2,2,20,0,0,0,AGREES,');
  });

  it.each([
    ['UNKNOWN_INDICATOR', [{ indicator: '9.9', numerator: 1, denominator: 1 }], {}, 'figures.0.indicator'],
    ['STATED_TWICE', [{ indicator: '2.1', points: '1' }, { indicator: 'ON_TIME', points: '1' }], {}, 'figures.1.indicator'],
    ['NUMERATOR_ABOVE_DENOMINATOR', [{ indicator: '2.1', numerator: 2, denominator: 1 }], {}, 'figures.0.numerator'],
    ['COUNT_MALFORMED', [{ indicator: '2.1', numerator: -1, denominator: 1 }], {}, 'figures.0.numerator'],
    ['COUNT_MALFORMED', [{ indicator: '2.1', numerator: 0, denominator: 1.5 }], {}, 'figures.0.denominator'],
    ['COUNTS_INCOMPLETE', [{ indicator: '2.1', denominator: 1 }], {}, 'figures.0.numerator'],
    ['POINTS_ABOVE_MAXIMUM', [{ indicator: '2.1', points: '20.01' }], {}, 'figures.0.points'],
    ['RATIO_ABOVE_ONE', [{ indicator: '2.1', ratio: '1.01' }], {}, 'figures.0.ratio'],
    ['POINTS_ABOVE_MAXIMUM', [], { total: '100.1' }, 'total'],
    ['UNKNOWN_GROUP', [], { groups: [{ group: 'XXXX', points: '1' }] }, 'groups.0.group'],
    ['EMPTY', [], {}, 'figures'],
    ['NO_SOURCE', [{ indicator: '2.1', points: '1' }], { source: { readAt: SOURCE.readAt } }, 'source'],
    ['READ_IN_FUTURE', [{ indicator: '2.1', points: '1' }], { source: { ...SOURCE, readAt: '2999-01-01T00:00:00.000Z' } }, 'source.readAt'],
    ['READ_BEFORE_PERIOD', [{ indicator: '2.1', points: '1' }], { source: { ...SOURCE, readAt: '2026-09-30T00:00:00.000Z' } }, 'source.readAt'],
  ])('are refused with %s, and nothing of them is recorded', async (reason, figures, changes, path) => {
    expect(await send(figures, changes)).toMatchObject({ status: 422, body: { code: `PORTAL_FIGURES.${reason}`, errors: [{ path }] } });
    expect(await get(IMPORT_PATH)).toMatchObject({ imports: [{ version: 1 }, { version: 2 }, { version: 3 }] });
  });

  it('are taken from who speaks for the unit, for units that there are', async () => {
    const figures = [{ indicator: '2.1', points: '1' }];
    const foreign = await aggregator.tokenFor(['operator'], ['H44.2']);
    expect(await send(figures, {}, { token: foreign })).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    const reader = await aggregator.tokenFor(['officer-list'], ['*']);
    expect(await send(figures, {}, { token: reader })).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await send(figures, {}, { path: '/v1/units/H44.99/portal-figures/2026-10', token: await aggregator.tokenFor(['operator'], ['*']) }))
      .toMatchObject({ status: 404, body: { code: 'UNIT.UNKNOWN' } });
    expect(await get('/v1/units/H44.2/reconciliation?period=2026-10')).toMatchObject({ status: 404, code: 'PORTAL_FIGURES.NONE' });
  });

  it('outlive every figure: they are in no database of a generation, and are not told again', async () => {
    const before = await get(IMPORT_PATH);
    const figures = await openDatabase(database);
    await figures.db.dropDatabase();
    await figures.close();
    await aggregator.restart();
    expect(await get(IMPORT_PATH)).toEqual(before);
    expect(await told(3)).toHaveLength(3);
  });
});
