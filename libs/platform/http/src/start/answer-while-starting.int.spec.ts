import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Health, unhealthy } from '@index766/platform-observability';
import { lettersModule } from '../test/letters.module';
import { startHttpApp } from './start-http-app';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('while a service prepares itself its port says why it is not ready, and takes nothing else', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const seen: unknown[] = [];
  const running = await startHttpApp(lettersModule({ lines: [] }), {
    host: '127.0.0.1', port, api: { title: 'Letters', description: '', version: '1' }, errorCodes: [],
    beforeListen: async (app) => {
      app.get(Health).addReadiness({ name: 'topics', check: () => unhealthy('the broker is away') });
      for (const path of ['/health/live', '/health/ready', '/v1/letters']) {
        const response = await fetch(`${url}${path}`);
        seen.push([response.status, response.headers.get('retry-after'), await response.json()]);
      }
    },
  });
  expect(seen).toMatchObject([
    [200, '5', { status: 'up' }],
    [503, '5', { status: 'down', probes: { topics: { reasons: ['the broker is away'] } } }],
    [503, '5', { code: 'SERVICE.STARTING', type: 'urn:index766:error:SERVICE.STARTING' }],
  ]);
  expect((await fetch(`${url}/v1/letters`)).status).not.toBe(503);
  await running.close();
});

test('a preparation that fails leaves nobody at the port', async () => {
  const port = await freePort();
  await expect(startHttpApp(lettersModule({ lines: [] }), {
    host: '127.0.0.1', port, api: { title: 'Letters', description: '', version: '1' }, errorCodes: [],
    beforeListen: () => Promise.reject(new Error('no topics')),
  })).rejects.toThrow('no topics');
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
});
