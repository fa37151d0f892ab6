import { undeclaredRoutes } from '@index766/platform-auth';
import { until } from '@index766/testing-integration';

import { RunningCatalog } from './test/running-catalog';

const province = { name: 'Tỉnh Ví Dụ', level: 'PROVINCE', parent: null, validFrom: '2025-01-01' };

let catalog: RunningCatalog;

beforeAll(async () => {
  catalog = await RunningCatalog.start(__filename);
});
afterAll(() => catalog.close());

describe('the service', () => {
  it('is alive and ready, and says of what', async () => {
    expect(await catalog.get('/health/live')).toMatchObject({ status: 200, body: { status: 'up' } });
    // A member that has just begun still takes its partitions over.
    const ready = await until(async () => {
      const answer = await catalog.get('/health/ready');
      return answer.status === 200 && answer;
    }, { what: 'the service to be ready' });
    expect(ready).toMatchObject({ status: 200, body: { status: 'up' } });
    expect(Object.keys(ready.body['probes'] as object).sort()).toEqual([`kafka:${catalog.group}`, 'kafka:publisher', 'mongo', 'relay:catalog', 'topics']);
  });

  it('shows its metrics', async () => {
    const { body } = await catalog.get('/metrics');
    for (const name of ['http_request_duration_seconds', 'mongo_command_duration_seconds', 'outbox_pending_entries', 'relay_sent_records_total']) {
      expect(body['text']).toContain(name);
    }
  });

  it('describes its public topics with schemas and examples, and says nothing of the names of officers', async () => {
    const { body } = await catalog.get('/asyncapi.json');
    expect(Object.keys((body as { channels: object }).channels).sort()).toEqual([
      'catalog.public.calendar.v1', 'catalog.public.procedure.v1', 'catalog.public.reported-figure.v1', 'catalog.public.unit.v1',
    ]);
    expect((await catalog.get('/schemas/catalog.unit-versioned.v1.json')).body).toMatchObject({ $id: 'urn:index766:catalog.unit-versioned.v1', type: 'object' });
    expect((await catalog.get('/examples/catalog.unit-versioned.v1.json')).body).toMatchObject({ code: expect.any(String) });
    expect((await catalog.get('/schemas/catalog.officer-described.v1.json')).status).toBe(404);
  });

  it('describes every endpoint and every field of what it takes', async () => {
    const { body } = await catalog.get('/openapi.json');
    const { paths, components } = body as { paths: Record<string, object>; components: { schemas: Record<string, { properties: object }> } };
    expect(Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .filter((operation) => operation.includes('/v1/')).sort()).toEqual([
      'delete /v1/officers/{pseudonym}', 'get /v1/calendars', 'get /v1/calendars/{id}', 'get /v1/officers', 'get /v1/officers/{pseudonym}',
      'get /v1/procedures', 'get /v1/procedures/{code}', 'get /v1/reported-figures', 'get /v1/reported-figures/{unit}/{measure}/{period}',
      'get /v1/units', 'get /v1/units/{code}', 'post /v1/imports/procedures', 'post /v1/imports/procedures/json',
      'post /v1/imports/reported-figures', 'post /v1/imports/units', 'put /v1/calendars/{id}', 'put /v1/calendars/{id}/overrides/{unit}',
      'put /v1/officers/{pseudonym}', 'put /v1/procedures/{code}', 'put /v1/reported-figures/{unit}/{measure}/{period}',
      'put /v1/units/{code}',
    ]);
    expect(Object.keys(components.schemas['UnitDto']?.properties ?? {})).toEqual([
      'name', 'level', 'parent', 'validFrom', 'validTo', 'successor', 'reportingSince',
    ]);
    expect(Object.keys(components.schemas['ProcedureDto']?.properties ?? {})).toEqual([
      'unit', 'name', 'term', 'pauseOnFinancialObligation', 'announcement', 'publication', 'parts', 'onlineLevel',
      'offeredOnline', 'eligibleForFull', 'fee', 'onlinePayment', 'citizen', 'resultDocument', 'certifiedCopies', 'validFrom', 'validTo',
    ]);
    expect(Object.keys(components.schemas['CalendarDto']?.properties ?? {})).toContain('overrides');
    expect(Object.keys(components.schemas['OverrideOfUnitDto']?.properties ?? {})).not.toContain('unit');
  });

  it('says of every route who may use it', () => {
    expect(undeclaredRoutes(catalog.running.app)).toEqual([]);
  });

  it('continues after a restart where it was', async () => {
    const token = await catalog.token(['administrator'], '*');
    await catalog.send('PUT', '/v1/units/X85', { token, body: province });
    await catalog.restart();
    expect(await catalog.send('PUT', '/v1/units/X85', { token, body: province })).toMatchObject({ status: 200, body: { changed: false } });
    expect(await catalog.send('PUT', '/v1/units/X85', { token, body: { ...province, name: 'Tỉnh khác' } })).toMatchObject({ body: { version: 2 } });
    expect(await catalog.runtime.relay.drained(10_000)).toBe(true);
  });
});
