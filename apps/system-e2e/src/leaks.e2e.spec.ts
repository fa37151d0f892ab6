import { readFileSync } from 'node:fs';
import { isWatermark, topicDocuments } from '@index766/contracts-envelope';
import { ALL_UNITS, ROLES, issueLocalToken, type Role } from '@index766/platform-auth';
import { readTopic, until } from '@index766/testing-integration';
import { readJson, type LateOfficersAnswer } from './test/answers';
import { marksIn } from './test/personal-marks';
import { publishedEditions } from './test/published-editions';
import { PUBLIC_TOPICS } from './test/secured-broker';
import { exampleOf, type ApiSchema, type ApiSchemas } from './test/example-body';
import { OTHER_PROVINCE, OTHER_UNITS, recordOtherProvince } from './test/other-province';
import { ROUTE_TABLE, type RouteRow, type RouteSubject } from './test/route-table';
import { SERVICES, type ServiceName } from './test/services';
import { MONTH, PROVINCE, UNITS, samplePushes, sampleReference } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { testStateFolder } from './test/workspace';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: { readonly enum?: readonly string[] };
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, {
    readonly parameters?: readonly Parameter[];
    readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: ApiSchema }>> };
  }>>>>;
  readonly components?: { readonly schemas?: ApiSchemas };
}

interface Route {
  readonly service: ServiceName;
  /** `GET /v1/units/{unit}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly row: RouteRow | undefined;
  readonly query: readonly string[];
  /** The other forms that it answers in. */
  readonly formats: readonly string[];
  /** What a command takes, by what the service says of itself. */
  readonly content: unknown;
}

/** What the token of a caller covers, seen from what a route is about: all, itself, what is above it, below it, beside it, or another province. */
const PLACES = ['all', 'itself', 'above', 'below', 'beside', 'elsewhere'] as const;
type Place = (typeof PLACES)[number];

interface Caller {
  readonly role: Role | undefined;
  readonly place: Place | undefined;
  readonly covers: boolean;
  readonly token: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly text: string;
}

const system = loadedSystem();
const names = sampleReference().officers.map(({ name }) => name);
const foreignOf = (unit: string): string => UNITS.find((other) => other !== unit) ?? '';

const PETITION = 'PAKN.LEAKS.1';
const FORMAT = 'format';

let unit: string;
let values: Readonly<Record<string, string>>;
let routes: readonly Route[];
const tokens = new Map<string, Promise<string>>();

beforeAll(async () => {
  await publishedEditions();
  unit = await unitWithLateOfficers();
  const { officers } = await readJson<LateOfficersAnswer>(system, `/v1/units/${unit}/late-officers/${MONTH}`);
  values = {
    unit, parent: PROVINCE, province: PROVINCE, period: MONTH, id: dossierOf(unit), dossier: dossierOf(unit), code: unit, pseudonym: officers[0]?.officer ?? '', officer: officers[0]?.officer ?? '',
    number: '1', change: 'none', indicator: '2.1', measure: 'national-report', version: 'vn@1', provider: 'nobody', year: '2026',
  };
  routes = (await Promise.all(SERVICES.map(routesOf))).flat();
  await recordOtherProvince(system);
  await receivePetition();
  await pushNothing();
}, LOADED_WITHIN_MS);

/** A petition of the other province: in the sample's it would show in figures that other specs compare. */
async function receivePetition(): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${system.urls.feedback}/v1/petitions/${PETITION}/receive`, {
      method: 'POST', body: JSON.stringify({ unit: OTHER_UNITS[0], class: 'other' }),
      headers: { authorization: `Bearer ${await tokenOf('desk', ALL_UNITS)}`, 'content-type': 'application/json', 'idempotency-key': PETITION },
    });
    return answer.status === 200;
  }, { what: 'the petition to be received', timeoutMs: 60_000, everyMs: 500 });
}

/** A source that speaks of no dossier: it is told of, changes no figure, and nothing waits for it. Pushes of the sample are replays, of which nothing is told. */
async function pushNothing(): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${system.urls.dossiers}/v1/national-sync`, {
      method: 'POST', body: JSON.stringify({ service: 'DongBoHoSoMC', data: [] }),
      headers: { authorization: `Bearer ${await tokenOf('source', OTHER_PROVINCE)}`, 'content-type': 'application/json' },
    });
    return answer.status === 200;
  }, { what: 'an empty push to be taken', timeoutMs: 60_000, everyMs: 500 });
}

/** Whose token stands where, seen from what a route is about; absent: nobody's does. */
function unitsAround(about: RouteSubject): Readonly<Partial<Record<Place, string>>> {
  switch (about) {
    case 'unit':
      return { all: ALL_UNITS, itself: unit, above: PROVINCE, beside: foreignOf(unit), elsewhere: OTHER_PROVINCE };
    case 'province':
      return { all: ALL_UNITS, itself: PROVINCE, below: unit, elsewhere: OTHER_PROVINCE };
    case 'petition':
      return { all: ALL_UNITS, itself: OTHER_UNITS[0], above: OTHER_PROVINCE, beside: OTHER_UNITS[1], elsewhere: PROVINCE };
    case 'every-unit':
      return { all: ALL_UNITS, below: PROVINCE };
  }
}

/** Nobody, every role for all units, and the roles that a scope means something to at every place. */
async function callersOf({ who, names: named, about = 'unit' }: RouteRow): Promise<readonly Caller[]> {
  const around = unitsAround(about);
  const isMeant = (role: Role): boolean => (who !== 'anybody' && who.includes(role)) || (named !== undefined && (named === 'anybody' || named.includes(role)));
  const callers = ROLES.flatMap((role) => PLACES.flatMap((place) => {
    const covered = place === 'all' || isMeant(role) ? around[place] : undefined;
    return covered === undefined ? [] : [{ role, place, covered }];
  }));
  return [
    { role: undefined, place: undefined, covers: false, token: undefined },
    ...await Promise.all(callers.map(async ({ role, place, covered }): Promise<Caller> => ({
      role, place, covers: place === 'all' || place === 'itself' || place === 'above', token: await tokenOf(role, covered),
    }))),
  ];
}

async function unitWithLateOfficers(): Promise<string> {
  for (const unit of UNITS) {
    const { officers } = await readJson<LateOfficersAnswer>(system, `/v1/units/${unit}/late-officers/${MONTH}`);
    if (officers.length > 0) return unit;
  }
  throw new Error('the sample has no unit with late officers');
}

function dossierOf(unit: string): string {
  const found = samplePushes().flatMap(({ data }) => data).find((element) => element['DonViXuLy'] === unit && element['TrangThaiHoSo'] === '10');
  return String(found?.['MaHoSo']);
}

function tokenOf(role: Role, covered: string): Promise<string> {
  const key = `${role} ${covered}`;
  const token = tokens.get(key) ?? issueLocalToken(readFileSync(system.secrets.signingKey, 'utf8'), { roles: [role], units: [covered], lifetime: '1h', subject: `leaks-${role}` });
  tokens.set(key, token);
  return token;
}

/** What the service itself says that it has. */
async function routesOf(service: ServiceName): Promise<readonly Route[]> {
  const { paths, components } = await (await fetch(`${system.urls[service]}/openapi.json`)).json() as ApiDocument;
  return Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
    const name = `${method.toUpperCase()} ${path}`;
    const row = ROUTE_TABLE[service][name];
    const query = parameters.filter((parameter) => parameter.in === 'query' && (parameter.required === true || row?.asks?.includes(parameter.name) === true));
    const schema = requestBody?.content['application/json']?.schema;
    const content = schema === undefined ? {} : exampleOf(schema, components?.schemas ?? {});
    const formats = parameters.find((parameter) => parameter.in === 'query' && parameter.name === FORMAT)?.schema?.enum ?? [];
    return { service, name, method: method.toUpperCase(), path, row, query: query.map((parameter) => parameter.name), formats, content };
  }));
}

/**
 * A command of whom its scope has to stop says what it should, to be refused for nothing else; any other has a body that passes the
 * guard and no check of content behind it, so that nothing changes. Nor has it a key, which commands without any content ask for.
 */
async function call({ service, method, path, query, row, content }: Route, { token, role, covers }: Caller, format?: string): Promise<Answer> {
  const isStopped = isOutOfScope(row, role, covers);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path.includes('/petitions/{id}') && name === 'id' ? PETITION : values[name] ?? ''));
  const wanted = [...query.map((name) => `${name}=${encodeURIComponent(values[name] ?? '')}`), ...(format === undefined ? [] : [`${FORMAT}=${format}`])];
  const asked = wanted.length === 0 ? '' : `?${wanted.join('&')}`;
  const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(isStopped ? { 'idempotency-key': 'leaks' } : {}) };
  const init = method === 'GET' ? { headers } : { method, headers: { ...headers, 'content-type': 'application/json' }, body: isStopped ? JSON.stringify(content) : '[]' };
  return until(async () => {
    const response = await fetch(`${system.urls[service]}${method === 'DELETE' && !isStopped ? filled.replace(/[0-9a-f]{32}$/, '0'.repeat(32)) : filled}${asked}`, init);
    const text = await response.text();
    return response.status === 429 ? undefined : { status: response.status, text, code: /"code":"([A-Z_]+\.[A-Z_]+)"/.exec(text)?.[1] };
  }, { what: `${method} ${path} to take more requests`, timeoutMs: 60_000 });
}

function isOutOfScope(row: RouteRow | undefined, role: Role | undefined, covers: boolean): boolean {
  return row?.scoped === true && role !== undefined && row.who !== 'anybody' && row.who.includes(role) && !covers;
}

/** What the guard and the scope have to say to a caller; undefined: they let him pass. */
function expectedRefusal(row: RouteRow, { role, covers }: Caller): string | undefined {
  const { who } = row;
  if (who === 'anybody') return undefined;
  if (role === undefined) return 'AUTH.MISSING_TOKEN';
  if (!who.includes(role)) return 'AUTH.MISSING_ROLE';
  return isOutOfScope(row, role, covers) ? 'AUTH.UNIT_OUT_OF_SCOPE' : undefined;
}

describe('every route of every service', () => {
  it('has a row in the table, and every row a route', () => {
    const table = SERVICES.flatMap((service) => Object.keys(ROUTE_TABLE[service]).map((name) => `${service}: ${name}`));
    expect(routes.map(({ service, name }) => `${service}: ${name}`).sort()).toEqual(table.sort());
  });

  it('answers each role, whatever its token covers, as the table says; names of officers to nobody but whom it names', async () => {
    const faults: string[] = [];
    const named = new Set<string>();
    const answered = new Set<string>();
    for (const [route, format] of routes.flatMap((each) => [undefined, ...each.formats].map((format) => [each, format] as const))) {
      const { row, method } = route;
      if (row === undefined) continue; // told by the spec above
      for (const caller of await callersOf(row)) {
        const { status, code, text } = await call(route, caller, format);
        const who = `${route.service}: ${route.name}${format === undefined ? '' : ` as ${format}`} to ${caller.role ?? 'nobody'}${caller.place === undefined ? '' : `, ${caller.place}`}`;
        const refusal = code?.startsWith('AUTH.') === true ? code : undefined;
        if (expectedRefusal(row, caller) !== refusal) faults.push(`${who} answers ${status} ${code ?? ''} ${status < 500 ? text.slice(0, 300) : ''}`);
        if (status >= 500) faults.push(`${who} fails with ${status}`);
        if (method !== 'GET' && status < 400) faults.push(`${who} took what has no content`);
        const seen = names.some((name) => text.includes(name));
        const maySee = row.names === 'anybody' || (caller.role !== undefined && caller.covers && row.names?.includes(caller.role) === true);
        if (seen && !maySee) faults.push(`${who} has the name of an officer`);
        if (seen) named.add(format ?? 'unasked');
        if (status === 200) answered.add(format ?? 'unasked');
        if (marksIn(text).length > 0) faults.push(`${who} has something of an applicant`);
      }
    }
    expect(faults).toEqual([]);
    // It would have seen one, in whatever form.
    expect([...answered].sort()).toEqual(['csv', 'json', 'unasked']);
    expect([...named].sort()).toEqual(['csv', 'json', 'unasked']);
  }, LOADED_WITHIN_MS);
});

describe('every document that a service has about itself', () => {
  const documents = SERVICES.flatMap((service) =>
    ['/openapi.json', ...Object.keys(topicDocuments({ title: '', description: '' }, PUBLIC_TOPICS.filter(({ producer }) => producer === service)))].map((path) => [service, path] as const));

  it.each(documents)('%s: %s is the same for everybody, with nothing of an applicant and no name of an officer', async (service, path) => {
    const tokensOfAll = await Promise.all(ROLES.map((role) => tokenOf(role, ALL_UNITS)));
    const texts = await Promise.all([undefined, ...tokensOfAll].map(async (token) => {
      const answer = await until(async () => {
        const response = await fetch(`${system.urls[service]}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
        return response.status !== 429 && { status: response.status, text: await response.text() };
      }, { what: `${path} to be answered`, timeoutMs: 60_000 });
      return `${answer.status} ${answer.text}`;
    }));
    expect(new Set(texts).size).toBe(1);
    const [text = ''] = texts;
    expect([text.slice(0, 5), marksIn(text), names.filter((name) => text.includes(name))]).toEqual(['200 {', [], []]);
  });

  it('says nothing of topics that are not public', async () => {
    expect((await fetch(`${system.urls.catalog}/schemas/catalog.officer-described.v1.json`)).status).toBe(404);
    expect(await (await fetch(`${system.urls.catalog}/asyncapi.json`)).text()).not.toContain('catalog.restricted');
    expect(await (await fetch(`${system.urls.dossiers}/asyncapi.json`)).text()).not.toMatch(/dossiers\.(restricted|internal)/);
  });
});

describe('every public topic', () => {
  it.each(PUBLIC_TOPICS.map(({ name }) => name))('%s has nothing of an applicant and no name of an officer', async (topic) => {
    const records = await until(async () => {
      const read = await readTopic(topic, { brokers: [system.broker], timeoutMs: 60_000 });
      // What the aggregator tells of the sample comes a while after it: lateness once a minute.
      return read.some((record) => !isWatermark(record)) && read;
    }, { what: `something of ${topic}`, timeoutMs: LOADED_WITHIN_MS, everyMs: 2_000 });
    const texts = records.map(({ key, headers, value }) => `${key} ${JSON.stringify(headers)} ${value?.toString() ?? ''}`);
    expect(texts.filter((text) => marksIn(text).length > 0 || names.some((name) => text.includes(name)))).toEqual([]);
  }, LOADED_WITHIN_MS);
});

describe('the log of every service', () => {
  it.each(SERVICES)('%s has nothing of an applicant and no name of an officer', (service) => {
    const text = readFileSync(testStateFolder('system', 'loaded', `${service}.log`), 'utf8');
    expect(text.length).toBeGreaterThan(0);
    expect([marksIn(text), names.filter((name) => text.includes(name))]).toEqual([[], []]);
  });
});

describe('the metrics of every service', () => {
  it('have no name of an officer, no pseudonym and no dossier in any label', async () => {
    for (const service of SERVICES) {
      const text = await (await fetch(`${system.urls[service]}/metrics`)).text();
      expect([service, names.filter((name) => text.includes(name)), marksIn(text), /"[0-9a-f]{32}"|"[A-Z0-9.]+-\d{8}-\d+"/.exec(text)?.[0]]).toEqual([service, [], [], undefined]);
    }
  });
});
