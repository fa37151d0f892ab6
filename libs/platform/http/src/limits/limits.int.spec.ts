import { issueLocalToken } from '@index766/platform-auth';
import { until } from '@index766/testing-integration';
import { Work, keys, lettersModule } from '../test/letters.module';
import { RawConnection, problemCodes, statuses } from '../test/raw-connection';
import { startHttpApp, type HttpAppOptions, type RunningHttpApp } from '../start/start-http-app';

const MEBIBYTE = 1024 * 1024;
const options: HttpAppOptions = {
  host: '127.0.0.1', port: 0, api: { title: 'Letters', description: '', version: '1' }, errorCodes: [],
  bodyLimitBytes: 2_000, bodyLimitBytesByPath: { '/v1/letters/raw': 4 * MEBIBYTE },
};

let running: RunningHttpApp | undefined;
const connections: RawConnection[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  await running?.close();
  running = undefined;
});

async function letters(changes: Partial<HttpAppOptions> = {}): Promise<RunningHttpApp> {
  running = await startHttpApp(lettersModule({ lines: [] }), { ...options, ...changes });
  return running;
}

async function connection({ url }: RunningHttpApp): Promise<RawConnection> {
  const opened = await RawConnection.open(url);
  connections.push(opened);
  return opened;
}

async function tokenOf(subject: string): Promise<string> {
  return `Bearer ${await issueLocalToken(keys.privateKeyPem, { roles: ['desk'], units: ['*'], lifetime: '5m', subject })}`;
}

async function read({ url }: RunningHttpApp, authorization?: string): Promise<{ readonly status: number; readonly code: unknown; readonly retryAfter: string | null }> {
  const response = await fetch(`${url}/v1/letters/units/H44`, authorization === undefined ? {} : { headers: { authorization } });
  const text = await response.text();
  const code = text.startsWith('{') ? (JSON.parse(text) as { code?: unknown }).code : undefined;
  return { status: response.status, code, retryAfter: response.headers.get('retry-after') };
}

async function metric({ url }: RunningHttpApp, line: string): Promise<boolean> {
  return (await (await fetch(`${url}/metrics`)).text()).includes(line);
}

/** Lets requests to /v1/letters wait until `answerAll`, and tells how many have begun. */
function held(app: RunningHttpApp): { readonly begun: () => number; readonly answerAll: () => void } {
  const waiting: (() => void)[] = [];
  app.app.get(Work).next = () => new Promise((resolve) => waiting.push(() => resolve('done')));
  return { begun: () => waiting.length, answerAll: () => waiting.splice(0).forEach((answer) => answer()) };
}

describe('one caller', () => {
  it('without a token is put off with 429 and Retry-After when it sends too fast, its neighbours with tokens are not', async () => {
    const app = await letters({ limits: { addressPerSecond: 1 } });
    const answers = await Promise.all(Array.from({ length: 10 }, () => read(app)));
    const refused = answers.filter(({ status }) => status === 429);

    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(2);
    for (const answer of refused) expect(answer).toEqual({ status: 429, code: 'RATE_LIMIT.EXCEEDED', retryAfter: '1' });
    expect((await read(app, await tokenOf('H44'))).status).toBe(200);
    expect(await metric(app, `http_limited_requests_total{limit="address-rate"} ${refused.length}`)).toBe(true);
  });

  it('with a token has a limit of its own, whatever other sources send', async () => {
    const app = await letters({ limits: { sourcePerSecond: 1 } });
    const [one, other] = [await tokenOf('one'), await tokenOf('other')];
    const answers = await Promise.all(Array.from({ length: 6 }, () => read(app, one)));
    expect(answers.some(({ status, code }) => status === 429 && code === 'RATE_LIMIT.EXCEEDED')).toBe(true);
    expect((await read(app, other)).status).toBe(200);
  });

  it('with tokens that are not accepted is limited by its address', async () => {
    const app = await letters({ limits: { addressPerSecond: 1 } });
    const answers = await Promise.all(Array.from({ length: 6 }, () => read(app, 'Bearer forged')));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['AUTH.INVALID_TOKEN', 'RATE_LIMIT.EXCEEDED']));
  });

  it('is told apart from others behind a proxy that is trusted, and from nobody behind one that is not', async () => {
    const from = async ({ url }: RunningHttpApp, address: string) =>
      (await fetch(`${url}/v1/letters/units/H44`, { headers: { 'x-forwarded-for': address } })).status;
    const trusting = await letters({ limits: { addressPerSecond: 1, trustedProxies: ['127.0.0.1'] } });
    expect(await Promise.all(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map((address) => from(trusting, address)))).toEqual([200, 200, 200, 200]);
    await trusting.close();

    const careful = await letters({ limits: { addressPerSecond: 1 } });
    expect(await Promise.all(['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map((address) => from(careful, address)))).toContain(429);
  });

  it('never shuts out health and metrics', async () => {
    const app = await letters({ limits: { addressPerSecond: 1 } });
    await Promise.all(Array.from({ length: 6 }, () => read(app)));
    const probes = await Promise.all(Array.from({ length: 10 }, async () => (await fetch(`${app.url}/health/live`)).status));
    expect(new Set(probes)).toEqual(new Set([200]));
  });

  it('has so many requests in work and no more, until they are answered', async () => {
    const app = await letters({ limits: { callerInWork: 2 } });
    const { begun, answerAll } = held(app);
    const waiting = [fetch(`${app.url}/v1/letters`), fetch(`${app.url}/v1/letters`)];
    await until(() => begun() === 2, { what: 'two requests in work' });

    expect(await read(app)).toEqual({ status: 429, code: 'RATE_LIMIT.TOO_MANY_IN_WORK', retryAfter: '1' });
    expect((await read(app, await tokenOf('H44'))).status).toBe(200);
    answerAll();
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200]);
    await until(async () => (await read(app)).status === 200, { what: 'room for another request' });
  });

  it('that sends request after request without waiting gets its answers in order, and no more in work than any other', async () => {
    const app = await letters({ limits: { callerInWork: 2 } });
    const { begun, answerAll } = held(app);
    const pipelined = await connection(app);
    pipelined.send('GET /v1/letters HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(5));
    await until(() => begun() === 2, { what: 'two requests in work' });
    await until(() => metric(app, 'http_limited_requests_total{limit="in-work"} 3'), { what: 'three refused requests' });
    answerAll();
    expect(statuses(await pipelined.answered('"status":429,"code":"RATE_LIMIT.TOO_MANY_IN_WORK"')).slice(0, 2)).toEqual([200, 200]);
  });
});

describe('bodies', () => {
  const head = (token: string, length: number | 'chunked', more = ''): string =>
    `POST /v1/letters/raw HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\nContent-Type: application/json\r\n${more}${length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`}\r\n\r\n`;

  it('that do not fit into memory together are put off with 503 and Retry-After before they are read', async () => {
    const app = await letters({ limits: { bodyMemoryBytes: 4 * MEBIBYTE } });
    const [slow, other] = [await connection(app), await connection(app)];
    slow.send(`${head(await tokenOf('slow'), 3 * MEBIBYTE)}{`);
    await until(() => metric(app, `http_body_bytes_in_work ${3 * MEBIBYTE}`), { what: 'the first body to be read' });

    other.send(head(await tokenOf('other'), 2 * MEBIBYTE));
    const answer = await other.answered('SERVICE.BUSY');
    expect([statuses(answer), answer]).toEqual([[503], expect.stringContaining('Retry-After: 5')]);
    slow.close();
    await until(() => metric(app, 'http_body_bytes_in_work 0'), { what: 'the room of the first body' });
  });

  it('whose length is not told hold what the endpoint takes, and then what they are', async () => {
    const app = await letters({ limits: { bodyMemoryBytes: 64 * MEBIBYTE } });
    const chunked = await connection(app);
    chunked.send(`${head(await tokenOf('H44'), 'chunked')}2\r\n{}\r\n`);
    await until(() => metric(app, `http_body_bytes_in_work ${4 * MEBIBYTE}`), { what: 'room for the whole body' });
    chunked.send('0\r\n\r\n');
    expect(await chunked.answered('"length":2')).toContain('201 Created');
    await until(() => metric(app, 'http_body_bytes_in_work 0'), { what: 'no bytes in work' });
  });

  it('of callers without a token, and ones that are too large, are refused by their heads', async () => {
    const app = await letters();
    const [nobody, large] = [await connection(app), await connection(app)];
    nobody.send(head('none', 3 * MEBIBYTE));
    large.send(head(await tokenOf('H44'), 60 * MEBIBYTE));
    expect(problemCodes(await nobody.answered('AUTH.'))).toEqual(['AUTH.MISSING_TOKEN']);
    expect(problemCodes(await large.answered('REQUEST.'))).toEqual(['REQUEST.TOO_LARGE']);
  });

  it('that wait for 100 Continue are asked for when they will be read, and never when they are refused', async () => {
    const app = await letters();
    const [taken, refused, odd] = [await connection(app), await connection(app), await connection(app)];
    taken.send(head(await tokenOf('H44'), 2, 'Expect: 100-continue\r\n'));
    await taken.answered('HTTP/1.1 100 Continue');
    taken.send('{}');
    expect(statuses(await taken.answered('"length":2'))).toEqual([100, 201]);

    refused.send(head(await tokenOf('H44'), 60 * MEBIBYTE, 'Expect: 100-continue\r\n'));
    expect(statuses(await refused.answered('REQUEST.TOO_LARGE'))).toEqual([413]);
    odd.send(head(await tokenOf('H44'), 2, 'Expect: the-unexpected\r\n'));
    expect(statuses(await odd.answered('REQUEST.EXPECTATION_FAILED'))).toEqual([417]);
  });
});

describe('slow clients', () => {
  const hasty = { headMs: 200, requestMs: 400, keepAliveMs: 200, takeAnswerMs: 200, checkEveryMs: 50 };

  it.each<[string, string]>([
    ['sends nothing', ''],
    ['sends its head byte by byte', 'GET /v1/letters HTTP/1.1\r\nHost: x\r\nX-'],
    ['does not send its body', 'POST /v1/letters HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{'],
  ])('one that %s is answered with 408 and cut off', async (_how, begun) => {
    const app = await letters({ timeouts: hasty });
    const slow = await connection(app);
    slow.send(begun);
    const dripping = begun === '' ? undefined : setInterval(() => slow.send('a'), 20);
    const answer = await slow.ended();
    clearInterval(dripping);
    expect([statuses(answer), problemCodes(answer)]).toEqual([[408], ['REQUEST.TOO_SLOW']]);
    expect((await read(app)).status).toBe(200);
  });

  it('one that keeps its connection and asks nothing more is cut off', async () => {
    const app = await letters({ timeouts: hasty });
    const idle = await connection(app);
    idle.send('GET /v1/letters/units/H44 HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(statuses(await idle.ended())).toEqual([200]);
  });

  it('one that does not take its answer is cut off, and its answer is kept no longer', async () => {
    const app = await letters({ timeouts: hasty, answerTimeoutMs: 300 });
    app.app.get(Work).next = () => 'x'.repeat(32 * MEBIBYTE);
    const deaf = await connection(app);
    deaf.socket.pause();
    deaf.send('GET /v1/letters HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => metric(app, 'http_request_duration_seconds_count{method="GET",route="/v1/letters",'), { what: 'the connection to be cut' });
    deaf.socket.resume();
    expect((await deaf.ended()).length).toBeLessThan(32 * MEBIBYTE);
  });

  it('and idle ones fill the service to its limit only; there is room again when they go', async () => {
    const app = await letters({ limits: { maxConnections: 20 } });
    const idle: RawConnection[] = [];
    for (let opened = 0; opened < 20; opened += 1) idle.push(await connection(app));
    const tooMany = await connection(app);
    expect(await tooMany.ended()).toBe('');
    for (const each of idle) each.close();
    await until(async () => (await read(app)).status === 200, { what: 'room for a connection' });
  });
});

describe('what is no request', () => {
  it.each<[string, string, number, string]>([
    ['bytes that are no HTTP', 'MARKER not http\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['a method that nobody knows', 'MARKER / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['a length and chunks at once', 'POST /v1/letters HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nMARKER', 400, 'REQUEST.MALFORMED'],
    ['two lengths', 'POST /v1/letters HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400, 'REQUEST.MALFORMED'],
    ['chunks that are not the last coding', 'POST /v1/letters HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['a header that ends with a bare line feed', 'GET /v1/letters HTTP/1.1\nHost: x\n\n', 400, 'REQUEST.MALFORMED'],
    ['a space before the colon', 'GET /v1/letters HTTP/1.1\r\nHost : x\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['a line folded into the next', 'GET /v1/letters HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['no host', 'GET /v1/letters HTTP/1.1\r\nConnection: close\r\n\r\n', 400, 'REQUEST.MALFORMED'],
    ['a head without end', `GET /v1/letters HTTP/1.1\r\nHost: x\r\nA: ${'MARKER'.repeat(4_000)}\r\n\r\n`, 431, 'REQUEST.HEAD_TOO_LARGE'],
    ['an address without end', `GET /${'MARKER'.repeat(4_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'REQUEST.HEAD_TOO_LARGE'],
    ['a chunk whose length is none', 'POST /v1/letters HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400, 'REQUEST.MALFORMED'],
  ])('%s', async (_case, bytes, status, code) => {
    const app = await letters();
    const odd = await connection(app);
    odd.send(bytes);
    const answer = await odd.ended();
    expect([statuses(answer), problemCodes(answer)]).toEqual([[status], [code]]);
    expect(answer).not.toContain('MARKER');
    expect((await read(app)).status).toBe(200);
  });

  it('behind a request in work is not answered in its place', async () => {
    const app = await letters();
    const { begun } = held(app);
    const pipelined = await connection(app);
    pipelined.send('GET /v1/letters HTTP/1.1\r\nHost: x\r\n\r\nno request\r\n\r\n');
    expect(await pipelined.ended()).toBe('');
    expect(begun()).toBeLessThanOrEqual(1);
  });

  it('is counted', async () => {
    const app = await letters();
    const odd = await connection(app);
    odd.send('no request\r\n\r\n');
    await odd.ended();
    expect(await metric(app, 'http_broken_requests_total{reason="malformed"} 1')).toBe(true);
  });
});

describe('methods', () => {
  const ask = async (app: RunningHttpApp, method: string, path: string) => {
    const response = await fetch(`${app.url}${path}`, { method });
    const text = await response.text();
    return [response.status, response.headers.get('allow'), text.startsWith('{') ? (JSON.parse(text) as { code: string }).code : text];
  };

  it('that an endpoint does not have are 405 with those that it has', async () => {
    const app = await letters();
    expect(await ask(app, 'DELETE', '/v1/letters')).toEqual([405, 'GET, POST, HEAD, OPTIONS', 'ROUTE.METHOD_NOT_ALLOWED']);
    expect(await ask(app, 'PATCH', '/v1/letters/units/H44')).toEqual([405, 'GET, HEAD, OPTIONS', 'ROUTE.METHOD_NOT_ALLOWED']);
    expect(await ask(app, 'OPTIONS', '/v1/letters/answer')).toEqual([204, 'POST, OPTIONS', '']);
  });

  it('HEAD is GET without the body, and an unknown endpoint is 404 by any method', async () => {
    const app = await letters();
    expect(await ask(app, 'HEAD', '/v1/letters/units/H44')).toEqual([200, null, '']);
    expect(await ask(app, 'HEAD', '/v1/nowhere')).toEqual([404, null, '']);
    expect(await ask(app, 'OPTIONS', '/v1/nowhere')).toEqual([404, null, 'ROUTE.NOT_FOUND']);
  });
});
