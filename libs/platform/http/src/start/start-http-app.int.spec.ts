import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Controller, Get, Module } from '@nestjs/common';
import { issueLocalToken } from '@index766/platform-auth';
import { Work, keys, lettersModule } from '../test/letters.module';
import { startHttpApp, type HttpAppOptions, type RunningHttpApp } from './start-http-app';

class DatabaseAway extends Error {}

const options: HttpAppOptions = {
  host: '127.0.0.1',
  port: 0,
  api: { title: 'Letters', description: 'Letters of an office.', version: '1' },
  errorCodes: [{ 'LETTER.ALREADY_ANSWERED': { status: 409, meaning: 'The letter has an answer.' } }],
  isDatabaseAway: (error) => error instanceof DatabaseAway,
  bodyLimitBytes: 2_000,
  bodyLimitBytesByPath: { '/v1/letters/raw': 10_000 },
  documents: { '/letters.json': { letters: ['a'] } },
  drainLimitMs: 2_000,
};

const lines: string[] = [];
let running: RunningHttpApp;
let work: Work;

beforeEach(async () => {
  lines.length = 0;
  running = await startHttpApp(lettersModule({ lines }), options);
  work = running.app.get(Work);
});
afterEach(() => running.close());

async function send(path: string, init?: RequestInit): Promise<{ status: number; type: string | null; headers: Headers; body: unknown }> {
  const response = await fetch(`${running.url}${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, headers: response.headers, body: type?.includes('json') ? JSON.parse(text) : text };
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): ReturnType<typeof send> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return send(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } });
}

async function known(): Promise<Record<string, string>> {
  const token = await issueLocalToken(keys.privateKeyPem, { roles: ['desk'], units: ['*'], lifetime: '5m' });
  return { authorization: `Bearer ${token}` };
}

describe('answers that are problems', () => {
  test('a refusal has its status, code and content type', async () => {
    expect(await send('/v1/letters/refused')).toMatchObject({
      status: 409,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: 'urn:index766:error:LETTER.ALREADY_ANSWERED', title: 'The letter has an answer.', status: 409,
        code: 'LETTER.ALREADY_ANSWERED', detail: 'answered before',
      },
    });
  });

  test('a command without a body is refused as a whole', async () => {
    expect(await send('/v1/letters', { method: 'POST' })).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID', detail: 'a JSON body is expected' } });
  });

  test('an unknown error tells nothing to the caller and everything to the log', async () => {
    work.next = () => {
      throw new TypeError('MARKER of a bug');
    };
    const { status, body } = await send('/v1/letters');
    expect([status, JSON.stringify(body).includes('MARKER')]).toEqual([500, false]);
    expect(body).toMatchObject({ code: 'SERVICE.FAILED' });
    expect(lines.filter((line) => line.includes('MARKER of a bug'))).toHaveLength(1);
  });

  test('a database that is away is 503 with Retry-After', async () => {
    work.next = () => Promise.reject(new DatabaseAway());
    const { status, body, headers } = await send('/v1/letters');
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(body).toMatchObject({ code: 'SERVICE.DATABASE_AWAY' });
  });

  test('an answer that takes too long is 503, and the late one is not sent after it', async () => {
    const hastyLines: string[] = [];
    const hasty = await startHttpApp(lettersModule({ lines: hastyLines }), { ...options, answerTimeoutMs: 50 });
    let finish = (): void => undefined;
    hasty.app.get(Work).next = () => new Promise((resolve) => { finish = () => resolve('late'); });
    const response = await fetch(`${hasty.url}/v1/letters`);
    expect([response.status, await response.json()]).toMatchObject([503, { code: 'SERVICE.TIMEOUT' }]);
    finish();
    hasty.app.get(Work).next = () => 'next';
    expect(await (await fetch(`${hasty.url}/v1/letters`)).text()).toBe('next');
    await hasty.close();
    expect(hastyLines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  });

  test('an answer that breaks off after its head is cut, so that it cannot pass for whole', async () => {
    const broken = fetch(`${running.url}/v1/letters/half`).then((response) => response.text());
    await expect(broken).rejects.toThrow();
    expect(lines.filter((line) => line.includes('broke in the middle'))).toHaveLength(1);
  });

  test('an unknown route and an unreadable path are problems too', async () => {
    expect(await send('/nothing/MARKER')).toMatchObject({ status: 404, body: { code: 'ROUTE.NOT_FOUND' } });
    expect(await send('/v1/letters/units/%ff')).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
    expect(await send('/v1/letters/units/a%20b')).toMatchObject({ status: 400, body: { errors: [{ path: 'unit' }] } });
  });

  test('no token is 401 with WWW-Authenticate', async () => {
    const { status, headers } = await post('/v1/letters/answer', {});
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });
});

describe('validation', () => {
  async function partsOf(body: unknown): Promise<readonly string[]> {
    const answer = await post('/v1/letters', body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'REQUEST.INVALID' } });
    return (answer.body as { errors: { path: string; code: string }[] }).errors.map(({ path, code }) => `${path} ${code}`);
  }

  test('takes a good letter', async () => {
    expect(await post('/v1/letters', { pages: 3, first: { number: 1 }, more: [{ number: 2 }] })).toMatchObject({ status: 201, body: '3' });
  });

  test('names every part that is wrong, nested ones by their path', async () => {
    expect(await partsOf({ pages: 'MARKER', first: { number: 1.5 }, more: [{ number: 1 }, { number: 100 }], extra: 1 })).toEqual([
      'extra WHITELIST_VALIDATION', 'pages IS_INT', 'first.number IS_INT', 'more.1.number MAX',
    ]);
  });

  test('does not take a list for an object, or nothing for a nested part', async () => {
    expect(await partsOf({ pages: 1, first: [] })).toContain('first IS_OBJECT');
    expect(await partsOf({ pages: 1 })).toContain('first IS_DEFINED');
  });

  test('never repeats a value', async () => {
    const { body } = await post('/v1/letters', { pages: 'MARKER', first: { number: 'MARKER' }, more: 'MARKER' });
    expect(JSON.stringify(body)).not.toContain('MARKER');
    expect(lines.join('')).not.toContain('MARKER');
  });
});

describe('bodies', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  test.each<[string, () => ReturnType<typeof send>, number, string]>([
    ['no JSON', () => post('/v1/letters', '{"MARKER": '), 400, 'REQUEST.NOT_JSON'],
    ['a bare text', () => post('/v1/letters', '"MARKER"'), 400, 'REQUEST.NOT_JSON'],
    ['broken UTF-8', () => send('/v1/letters', { method: 'POST', headers: { 'content-type': 'application/json' }, body: Buffer.from([0x7b, 0xff, 0x7d]) }), 400, 'REQUEST.NOT_JSON'],
    ['too many bytes', () => post('/v1/letters', { pages: 'x'.repeat(2_000) }), 413, 'REQUEST.TOO_LARGE'],
    ['too many bytes inside a small compressed body', () => send('/v1/letters', { method: 'POST', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, body: gzipSync(`{"pages":"${'x'.repeat(100_000)}"}`) }), 413, 'REQUEST.TOO_LARGE'],
    ['too many levels', () => post('/v1/letters', nested(17)), 400, 'REQUEST.TOO_DEEP'],
    ['far too many levels', async () => post('/v1/letters/raw', nested(4_000), await known()), 400, 'REQUEST.TOO_DEEP'],
    ['a form', () => send('/v1/letters', { method: 'POST', body: new URLSearchParams({ pages: '1' }) }), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['no content type', () => send('/v1/letters', { method: 'POST', body: new Blob(['{}']) }), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['another character set', () => post('/v1/letters', '{}', { 'content-type': 'application/json; charset=windows-1258' }), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
    ['bytes that are not in the encoding that they claim', () => post('/v1/letters', '{}', { 'content-encoding': 'gzip' }), 400, 'REQUEST.INVALID'],
    ['another encoding', () => post('/v1/letters', '{}', { 'content-encoding': 'lzma' }), 415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE'],
  ])('%s', async (_name, request, status, code) => {
    const answer = await request();
    expect(answer).toMatchObject({ status, type: 'application/problem+json; charset=utf-8', body: { code } });
    expect(JSON.stringify(answer.body) + lines.join('')).not.toContain('MARKER');
  });

  test('an endpoint may take more', async () => {
    expect((await post('/v1/letters/raw', { text: 'x'.repeat(5_000) }, await known())).status).toBe(201);
    expect((await post('/v1/letters/raw', { text: 'x'.repeat(11_000) }, await known())).status).toBe(413);
  });

  test('a depth that is allowed, a CSV text and a compressed body are read', async () => {
    expect((await post('/v1/letters/raw', nested(16), await known())).body).toEqual({ kind: 'object', length: 32 });
    expect((await post('/v1/letters/raw', 'a,b\n1,2\n', { 'content-type': 'text/csv', ...(await known()) })).body).toMatchObject({ kind: 'string' });
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip', ...(await known()) };
    const compressed = { method: 'POST', headers, body: gzipSync('{"a":1}') };
    expect((await send('/v1/letters/raw', compressed)).body).toEqual({ kind: 'object', length: 7 });
  });
});

describe('what every service has', () => {
  test('its OpenAPI document, open to everybody', async () => {
    const { status, body } = await send('/openapi.json');
    expect(status).toBe(200);
    expect(body).toMatchObject({ openapi: expect.stringMatching(/^3\./), info: { title: 'Letters', version: '1' } });
    expect(Object.keys((body as { paths: object }).paths)).toEqual(expect.arrayContaining(['/v1/letters', '/v1/letters/units/{unit}', '/health/ready']));
  });

  test('further documents about it, open to everybody, whatever the token', async () => {
    expect(await send('/letters.json')).toMatchObject({ status: 200, type: 'application/json; charset=utf-8', body: { letters: ['a'] } });
    expect((await send('/letters.jso')).status).toBe(404);
  });

  test('in it each endpoint with its answers, its problems by status and code, and the token that it needs', async () => {
    interface Operation {
      readonly parameters: readonly { readonly name: string }[];
      readonly security: readonly object[];
      readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: { readonly allOf?: readonly { readonly properties?: { readonly code?: { readonly enum: readonly string[] } } }[] } }>> }>>;
    }
    const { paths } = (await send('/openapi.json')).body as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
    const [refused, answered, ofUnit] = [paths['/v1/letters/refused']?.['get'], paths['/v1/letters/answer']?.['post'], paths['/v1/letters/units/{unit}']?.['get']];
    const codes = (operation: Operation | undefined, status: number) =>
      operation?.responses[String(status)]?.content?.['application/problem+json']?.schema.allOf?.[1]?.properties?.code?.enum;

    expect([codes(refused, 409), refused?.responses['200']?.content]).toEqual([['LETTER.ALREADY_ANSWERED'], { 'application/json': { schema: { type: 'string' } } }]);
    expect([codes(answered, 401), codes(answered, 403)]).toEqual([['AUTH.INVALID_TOKEN', 'AUTH.EXPIRED_TOKEN', 'AUTH.MISSING_TOKEN'], ['AUTH.MISSING_ROLE']]);
    expect([refused?.security, answered?.security]).toEqual([[{}, { bearer: [] }], [{ bearer: [] }]]);
    expect([ofUnit?.parameters.map(({ name }) => name), codes(ofUnit, 404)]).toEqual([['unit'], ['ROUTE.NOT_FOUND']]);
  });

  test('request metrics, health, a careful header, no advertisement', async () => {
    const { headers } = await send('/v1/letters/units/h44');
    expect([headers.get('x-content-type-options'), headers.get('x-powered-by')]).toEqual(['nosniff', null]);
    expect((await send('/health/ready')).body).toEqual({ status: 'up', probes: {} });
    expect((await send('/metrics')).body).toContain('http_request_duration_seconds_count{method="GET",route="/v1/letters/units/:unit",status="200"} 1');
  });

  test('the trace of the caller', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect((await send('/v1/letters/trace', { headers: { traceparent } })).body).toBe(traceparent);
    expect((await send('/v1/letters/trace')).body).toMatch(/^00-[0-9a-f]{32}-/);
  });

  test('CSV with a byte order mark and a plain file name', async () => {
    const response = await fetch(`${running.url}/v1/letters/table`);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="th__2026.csv"');
    expect(Buffer.from(await response.arrayBuffer()).toString('hex')).toBe(Buffer.from('\uFEFFn\r\n1\r\n2\r\n').toString('hex'));
  });

  test('commands with an Idempotency-Key', async () => {
    expect(await post('/v1/letters/answer', {}, await known())).toMatchObject({ status: 400, body: { code: 'REQUEST.MISSING_IDEMPOTENCY_KEY' } });
    expect(await post('/v1/letters/answer', {}, { ...(await known()), 'idempotency-key': 'k-1' })).toMatchObject({ status: 201, body: 'k-1' });
  });
});

describe('start and stop', () => {
  test('a route without declared access stops the start', async () => {
    @Controller('forgotten')
    class ForgottenController {
      @Get()
      read(): string {
        return 'x';
      }
    }
    @Module({ imports: [lettersModule({ lines: [] })], controllers: [ForgottenController] })
    class ForgetfulModule {}
    await expect(startHttpApp(ForgetfulModule, options)).rejects.toThrow('GET ForgottenController.read');
  });

  test('a port in use rejects', async () => {
    const port = Number(new URL(running.url).port);
    await expect(startHttpApp(lettersModule({ lines: [] }), { ...options, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  test('work before listening is done first, and a failure there stops the start', async () => {
    const failing = { ...options, beforeListen: () => Promise.reject(new Error('no broker')) };
    await expect(startHttpApp(lettersModule({ lines: [] }), failing)).rejects.toThrow('no broker');
  });

  test('a request in work is answered before the application closes, new ones are not taken', async () => {
    let begun = (): void => undefined;
    const hasBegun = new Promise<void>((resolve) => { begun = resolve; });
    let finish = (): void => undefined;
    work.next = () => new Promise((resolve) => { begun(); finish = () => resolve('finished'); });
    const answer = send('/v1/letters');
    await hasBegun;
    const closed = running.close();
    await expect(fetch(`${running.url}/health/live`)).rejects.toThrow();
    finish();
    expect((await answer).body).toBe('finished');
    await closed;
    expect(running.close()).toBe(closed);
  });

  test('a connection that stays busy is cut after the limit', async () => {
    const stubborn = await startHttpApp(lettersModule({ lines: [] }), { ...options, drainLimitMs: 100 });
    const { hostname, port } = new URL(stubborn.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.write('POST /v1/letters HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{');
    const ended = new Promise<void>((resolve) => socket.once('close', resolve));
    await stubborn.close();
    await ended;
    expect(socket.destroyed).toBe(true);
  });
});
