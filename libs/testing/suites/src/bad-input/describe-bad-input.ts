import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '@index766/testing-integration';
import fc from 'fast-check';
import { fuzzedRequest, goodRequest, type FuzzedRequest } from './arbitrary-request';
import { AnswerChecks, type FuzzedAnswer } from './check-answer';
import type { FuzzedService, RunningFuzzedService } from './fuzzed-service';
import { operationsOf, readApi, type ApiDocument, type Operation } from './openapi';

const SEED = Number(process.env['FUZZ_SEED'] ?? 766);
/** Requests for each operation. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 20);
const WITHIN_MS = 60_000 + 200 * RUNS * 50;
/** What a service keeps in its caches; a leak of bodies would be more. */
const HEAP_GROWTH_BYTES = 96 * 1024 * 1024;

/**
 * Whatever is sent to a service, by schema or byte by byte: no 5xx, each answer as the OpenAPI document of the service
 * says (problem details with a documented code), a refused request changed nothing, the service answers health
 * afterwards and keeps no memory. `FUZZ_RUNS` and `FUZZ_SEED` make longer campaigns.
 */
export function describeBadInput(service: FuzzedService): void {
  describe(`bad input to ${service.name}`, () => {
    let running: RunningFuzzedService;
    let api: ApiDocument;
    let heapBefore: number;
    beforeAll(async () => {
      running = await service.start();
      api = await readApi(running.url);
      heapBefore = heapAfterCollection();
    }, 180_000);
    afterAll(() => running.stop());

    it(`is refused with a documented problem, or done whole (seed ${SEED}, ${RUNS} requests for each operation)`, async () => {
      const checks = new AnswerChecks(api);
      const operations = operationsOf(api).filter(({ path }) => path.startsWith('/v1/'));
      expect(operations.length).toBeGreaterThan(0);
      for (const operation of operations) await fuzz(operation, checks);
    }, WITHIN_MS);

    it('is what the suite sends besides good input: plain requests are done', async () => {
      const refused = await Promise.all(operationsOf(api).filter(({ operationId }) => service.done.includes(operationId)).map(async (operation) => {
        const { status, text } = await send(running.url, goodRequest(operation, api, service, running.token));
        return status < 400 ? [] : [`${operation.operationId}: ${text}`];
      }));
      expect(refused.flat()).toEqual([]);
    });

    it('leaves the service alive, ready, and whole', async () => {
      expect((await fetch(`${running.url}/health/live`)).status).toBe(200);
      await until(async () => (await fetch(`${running.url}/health/ready`)).status === 200, { what: `${service.name} to be ready` });
      await running.checkWhole?.();
    }, WITHIN_MS);

    it('leaves nothing of itself in memory', async () => {
      const grown = await until(() => {
        const growth = heapAfterCollection() - heapBefore;
        return growth < HEAP_GROWTH_BYTES && { growth };
      }, { what: `the heap to grow by less than ${HEAP_GROWTH_BYTES} bytes` });
      expect(grown.growth).toBeLessThan(HEAP_GROWTH_BYTES);
    });

    async function fuzz(operation: Operation, checks: AnswerChecks): Promise<void> {
      let before = await running.state();
      const holds = async (request: FuzzedRequest): Promise<void> => {
        const answer = await send(running.url, request);
        const mayChange = answer.status < 400 && operation.method !== 'GET';
        const after = await running.state();
        const changed = JSON.stringify(after) !== JSON.stringify(before);
        before = after;
        const fault = checks.faultOf(operation, answer) ?? (changed && !mayChange ? `status ${answer.status}, and yet what is stored changed` : undefined);
        if (fault !== undefined) throw new Error(`${operation.method} ${operation.path}: ${fault}`);
      };
      await fc.assert(fc.asyncProperty(fuzzedRequest(operation, api, service, running.token), holds), {
        seed: SEED, numRuns: RUNS, examples: [[goodRequest(operation, api, service, running.token)]],
      });
    }
  });
}

async function send(url: string, { method, path, headers, body }: FuzzedRequest): Promise<FuzzedAnswer> {
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
