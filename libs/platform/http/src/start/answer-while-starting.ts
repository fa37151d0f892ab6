import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Health } from '@index766/platform-observability';
import { PROBLEM_CONTENT_TYPE, type ProblemCatalog } from '../problems/problem';

const RETRY_AFTER_S = '5';

/**
 * Answers for a service that may not take anything yet, because it waits for a broker or brings its documents up to date:
 * it lives, it says why it is not ready, and everything else is 503 with Retry-After. Rejects if it cannot listen.
 *
 * @returns ends it, so that the application can listen in its place
 */
export async function answerWhileStarting(
  { host, port }: { readonly host: string; readonly port: number }, health: Health, catalog: ProblemCatalog,
): Promise<() => Promise<void>> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: unknown): void => {
      response.writeHead(status, { 'Content-Type': type, 'Retry-After': RETRY_AFTER_S, Connection: 'close' }).end(JSON.stringify(body));
    };
    const report = request.url === '/health/live' ? health.live() : health.ready();
    void report.then((probes) => {
      if (request.url === '/health/live') answer(probes.status === 'up' ? 200 : 503, 'application/json', probes);
      else if (request.url === '/health/ready') answer(503, 'application/json', { ...probes, status: 'down' });
      else answer(503, PROBLEM_CONTENT_TYPE, catalog.problemOf({ code: 'SERVICE.STARTING', detail: 'the service starts: try again later' }));
    });
  });
  server.listen(port, host);
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
}
