import { EventEmitter, once } from 'node:events';
import { HEALTHY, Health, unhealthy } from '@index766/platform-observability';
import { lettersModule } from '../test/letters.module';
import { runService, type ServiceProcess } from './run-service';
import { startHttpApp, type RunningHttpApp } from './start-http-app';

/** A process that tells what was done to it instead of ending. */
class RecordedProcess extends EventEmitter implements ServiceProcess {
  readonly written: string[] = [];
  readonly stderr = { write: (text: string) => this.written.push(text) };

  exit(code: number): void {
    this.emit('exit', code);
  }

  async exitCode(): Promise<unknown> {
    const [code] = await once(this, 'exit') as unknown[];
    return code;
  }
}

const options = {
  host: '127.0.0.1', port: 0, api: { title: 'Letters', description: '', version: '1' }, errorCodes: [],
} as const;

const lines: string[] = [];
let host: RecordedProcess;
const opened: RunningHttpApp[] = [];

async function open(): Promise<RunningHttpApp> {
  const running = await startHttpApp(lettersModule({ lines }), options);
  opened.push(running);
  return running;
}

beforeEach(() => {
  lines.length = 0;
  host = new RecordedProcess();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((running) => running.close()));
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the service cleanly', async (signal) => {
  await runService(open, host);
  const exitCode = host.exitCode();
  host.emit(signal, signal);
  expect(await exitCode).toBe(0);
  await expect(fetch(`${opened[0]?.url}/health/live`)).rejects.toThrow();
});

test('a second signal neither ends nor shortens the stop', async () => {
  let end: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => { end = resolve; });
  let closings = 0;
  await runService(async () => ({ ...(await open()), close: () => { closings += 1; return closed; } }), host);
  const exitCode = host.exitCode();
  host.emit('SIGTERM', 'SIGTERM');
  host.emit('SIGTERM', 'SIGTERM');
  host.emit('SIGINT', 'SIGINT');
  end();
  expect(await exitCode).toBe(0);
  expect(closings).toBe(1);
});

test('a stop that takes too long is not waited for', async () => {
  await runService(async () => ({ ...(await open()), close: () => new Promise<never>(() => undefined) }), host, 20);
  const exitCode = host.exitCode();
  host.emit('SIGTERM', 'SIGTERM');
  expect(await exitCode).toBe(1);
  expect(lines.join('')).toContain('did not stop in time');
});

test('a service that does not become live again ends with 1, after a clean stop', async () => {
  await runService(open, host, 10_000, { everyMs: 5, most: 3 });
  const exitCode = host.exitCode();
  opened[0]?.app.get(Health).addLiveness({ name: 'kafka:facts', check: () => unhealthy('topics that do not fit') });
  expect(await exitCode).toBe(1);
  expect(lines.join('')).toContain('topics that do not fit');
  await expect(fetch(`${opened[0]?.url}/health/live`)).rejects.toThrow();
});

test('a service that is live again in time goes on', async () => {
  await runService(open, host, 10_000, { everyMs: 5, most: 3 });
  let [asked, ended] = [0, false];
  host.once('exit', () => { ended = true; });
  const seen = new Promise<void>((resolve) => {
    opened[0]?.app.get(Health).addLiveness({
      name: 'kafka:facts',
      check: () => {
        asked += 1;
        if (asked === 12) resolve();
        return asked % 3 === 0 ? HEALTHY : unhealthy('the consumer ended');
      },
    });
  });
  await seen;
  expect(ended).toBe(false);
});

test('a stop that fails is told', async () => {
  await runService(async () => ({ ...(await open()), close: () => Promise.reject(new Error('stuck')) }), host);
  const exitCode = host.exitCode();
  host.emit('SIGTERM', 'SIGTERM');
  expect(await exitCode).toBe(1);
  expect(lines.join('')).toContain('did not stop cleanly');
});

test('an error that nobody caught ends the process', async () => {
  await runService(open, host);
  const exitCode = host.exitCode();
  host.emit('uncaughtException', new TypeError('bug'));
  expect(await exitCode).toBe(1);
  expect(lines.join('')).toContain('an error that nobody caught');
});

test.each<[Error, string]>([
  [Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' }), 'the service cannot start: its port is in use (HTTP_PORT)\n'],
  [new Error('KAFKA_BROKERS is not set'), 'the service cannot start: KAFKA_BROKERS is not set\n'],
])('a start that fails says why in one line: %s', async (error, line) => {
  const exitCode = host.exitCode();
  await runService(() => Promise.reject(error), host);
  expect([await exitCode, host.written]).toEqual([1, [line]]);
});
