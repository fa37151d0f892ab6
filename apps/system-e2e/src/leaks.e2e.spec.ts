import { readFileSync } from 'node:fs';
import { isWatermark } from '@index766/contracts-envelope';
import { ALL_UNITS, ROLES, issueLocalToken, type Role } from '@index766/platform-auth';
import { readTopic, until } from '@index766/testing-integration';
import { readJson, type LateOfficersAnswer } from './test/answers';
import { marksIn } from './test/personal-marks';
import { publishedEditions } from './test/published-editions';
import { PUBLIC_TOPICS } from './test/secured-broker';
import { ROUTE_TABLE, type RouteRow } from './test/route-table';
import { SERVICES, type ServiceName } from './test/services';
import { MONTH, PROVINCE, UNITS, samplePushes, sampleReference } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { testStateFolder } from './test/workspace';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

interface Route {
  readonly service: ServiceName;
  /** `GET /v1/units/{unit}` */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly row: RouteRow | undefined;
  readonly query: readonly string[];
}

interface Caller {
  readonly role: Role | undefined;
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

let values: Readonly<Record<string, string>>;
let routes: readonly Route[];
let callers: readonly Caller[];

beforeAll(async () => {
  await publishedEditions();
  const unit = await unitWithLateOfficers();
  const { officers } = await readJson<LateOfficersAnswer>(system, `/v1/units/${unit}/late-officers/${MONTH}`);
  values = {
    unit, parent: PROVINCE, province: PROVINCE, period: MONTH, id: dossierOf(unit), dossier: dossierOf(unit), code: unit, pseudonym: officers[0]?.officer ?? '', officer: officers[0]?.officer ?? '',
    number: '1', change: 'none', indicator: '2.1', measure: 'national-report', version: 'vn@1', provider: 'nobody', year: '2026',
  };
  routes = (await Promise.all(SERVICES.map(routesOf))).flat();
  callers = [
    { role: undefined, covers: false, token: undefined },
    ...await Promise.all(ROLES.flatMap((role) => [callerOf(role, ALL_UNITS, true), callerOf(role, foreignOf(unit), false)])),
  ];
}, LOADED_WITHIN_MS);

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

async function callerOf(role: Role, unit: string, covers: boolean): Promise<Caller> {
  return { role, covers, token: await issueLocalToken(readFileSync(system.secrets.signingKey, 'utf8'), { roles: [role], units: [unit], lifetime: '1h', subject: `leaks-${role}` }) };
}

/** What the service itself says that it has. */
async function routesOf(service: ServiceName): Promise<readonly Route[]> {
  const document = await (await fetch(`${system.urls[service]}/openapi.json`)).json() as { readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>> };
  return Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [] }]) => {
    const name = `${method.toUpperCase()} ${path}`;
    const query = parameters.filter((parameter) => parameter.in === 'query' && parameter.required === true).map((parameter) => parameter.name);
    return { service, name, method: method.toUpperCase(), path, row: ROUTE_TABLE[service][name], query };
  }));
}

/** Sends what passes the guard and no check of content behind it, so that nothing changes. */
async function call({ service, method, path, query }: Route, { token }: Caller): Promise<Answer> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const asked = query.length === 0 ? '' : `?${query.map((name) => `${name}=${encodeURIComponent(values[name] ?? '')}`).join('&')}`;
  const headers = { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const init = method === 'GET' ? { headers } : { method, headers: { ...headers, 'content-type': 'application/json' }, body: '[]' };
  return until(async () => {
    const response = await fetch(`${system.urls[service]}${method === 'DELETE' ? filled.replace(/[0-9a-f]{32}$/, '0'.repeat(32)) : filled}${asked}`, init);
    const text = await response.text();
    return response.status === 429 ? undefined : { status: response.status, text, code: /"code":"([A-Z_]+\.[A-Z_]+)"/.exec(text)?.[1] };
  }, { what: `${method} ${path} to take more requests`, timeoutMs: 60_000 });
}

/** What the guard and the scope have to say to a caller; undefined: they let him pass. */
function expectedRefusal({ who, scoped }: RouteRow, method: string, { role, covers }: Caller): readonly (string | undefined)[] {
  if (who === 'anybody') return [undefined];
  if (role === undefined) return ['AUTH.MISSING_TOKEN'];
  if (!who.includes(role)) return ['AUTH.MISSING_ROLE'];
  if (covers) return [undefined];
  // Whether a command is in scope is decided about its content, which these do not have.
  if (method !== 'GET') return [undefined, 'AUTH.UNIT_OUT_OF_SCOPE'];
  return [scoped === true ? 'AUTH.UNIT_OUT_OF_SCOPE' : undefined];
}

describe('every route of every service', () => {
  it('has a row in the table, and every row a route', () => {
    const table = SERVICES.flatMap((service) => Object.keys(ROUTE_TABLE[service]).map((name) => `${service}: ${name}`));
    expect(routes.map(({ service, name }) => `${service}: ${name}`).sort()).toEqual(table.sort());
  });

  it('answers each role, with the unit in its scope and without, as the table says; names of officers to nobody but whom it names', async () => {
    const faults: string[] = [];
    let named = 0;
    for (const route of routes) {
      const { row, method } = route;
      if (row === undefined) continue; // told by the spec above
      for (const caller of callers) {
        const { status, code, text } = await call(route, caller);
        const who = `${route.service}: ${route.name} to ${caller.role ?? 'nobody'}${caller.covers ? '' : ' of another unit'}`;
        const refusal = code?.startsWith('AUTH.') === true ? code : undefined;
        if (!expectedRefusal(row, method, caller).includes(refusal)) faults.push(`${who} answers ${status} ${code ?? ''}`);
        if (status >= 500) faults.push(`${who} fails with ${status}`);
        if (method !== 'GET' && status < 400) faults.push(`${who} took what has no content`);
        const seen = names.some((name) => text.includes(name));
        const maySee = row.names === 'anybody' || (caller.role !== undefined && caller.covers && row.names?.includes(caller.role) === true);
        if (seen && !maySee) faults.push(`${who} has the name of an officer`);
        if (seen) named += 1;
        if (marksIn(text).length > 0) faults.push(`${who} has something of an applicant`);
      }
    }
    expect(faults).toEqual([]);
    expect(named).toBeGreaterThan(0); // it would have seen one
  }, LOADED_WITHIN_MS);
});

describe('every public topic', () => {
  it.each(PUBLIC_TOPICS.map(({ name }) => name))('%s has nothing of an applicant and no name of an officer', async (topic) => {
    const records = await until(async () => {
      const read = await readTopic(topic, { brokers: [system.broker], timeoutMs: 60_000 });
      // What the aggregator tells of the sample comes a while after it: lateness once a minute.
      return (!topic.startsWith('aggregator.') || read.some((record) => !isWatermark(record))) && read;
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
