import { until, type Server } from '@index766/testing-integration';
import { sendHalf, type SentRequest } from './half-sent-request';

/** How a process ended: an exit code, or the signal that ended it. */
export type ProcessEnd = number | NodeJS.Signals | null;

/** A service as a process of its own that ends on SIGTERM. */
export interface DrainedService {
  readonly name: string;
  /** A request with a body that it answers with 200; absent: it takes none. */
  readonly request?: () => Promise<SentRequest>;
}

/** The processes, on a broker and a database that nobody else uses. */
export interface DrainSurroundings {
  readonly kafka: Pick<Server, 'kill' | 'restart'>;
  readonly mongo: Pick<Server, 'kill' | 'restart'>;
  readonly urlOf: (name: string) => string;
  /** Sends SIGTERM so many times; resolves to how the process ended. */
  readonly terminate: (name: string, times: number) => Promise<ProcessEnd>;
  /** Starts it again; resolves when it is ready. */
  readonly startAgain: (name: string) => Promise<void>;
}

const CLEAN = 0;
const WITHIN_MS = 120_000;

/** What readiness says of a server that is away. */
const REASONS = { kafka: /broker|no answer|ECONNREFUSED|Connection/i, mongo: /the database is away/ } as const;

/**
 * SIGTERM ends a service in order and in time, whatever is away: it exits with 0 only if everything ended within the limit
 * of ten seconds that `runService` gives a stop. What was begun is answered; a second signal changes nothing. A server that
 * is away makes a service unready with the reason, and leaves it alive: a restart would not help.
 */
export function describeDrain(services: readonly DrainedService[], surroundings: () => DrainSurroundings): void {
  const names = services.map(({ name }) => name);
  const terminateAll = async () => Promise.all(names.map((name) => surroundings().terminate(name, 1)));
  const startAllAgain = async () => Promise.all(names.map((name) => surroundings().startAgain(name)));

  describe('SIGTERM', () => {
    it.each(services.flatMap(({ name, request }) => (request === undefined ? [] : [{ name, request }])))(
      'lets $name answer the request that it had begun to read',
      async ({ name, request }) => {
        const { urlOf, terminate, startAgain } = surroundings();
        const half = await sendHalf(urlOf(name), await request());
        await until(async () => (await inFlight(urlOf(name))) > 0, { what: 'the head of the request to be read' });

        const ended = terminate(name, 1);
        await until(() => isRefused(urlOf(name)), { what: 'new connections to be refused' });

        expect(await half.finish()).toBe(200);
        expect(await ended).toBe(CLEAN);
        await startAgain(name);
      },
      WITHIN_MS,
    );

    it.each(names)('that comes twice ends %s as one does', async (name) => {
      expect(await surroundings().terminate(name, 2)).toBe(CLEAN);
      await surroundings().startAgain(name);
    }, WITHIN_MS);

    it.each(['kafka', 'mongo'] as const)('ends every service in order while %s is away', async (server) => {
      await surroundings()[server].kill();
      const urls = names.map((name) => surroundings().urlOf(name));
      for (const url of urls) await until(async () => REASONS[server].test(await whyUnready(url)), { what: `${url} to say why`, timeoutMs: 30_000 });
      const alive = await Promise.all(urls.map(isAlive));

      const ends = await terminateAll();

      await surroundings()[server].restart();
      await startAllAgain();
      expect(alive).toEqual(names.map(() => true));
      expect(ends).toEqual(names.map(() => CLEAN));
    }, WITHIN_MS);
  });
}

/** Requests in work beside the one that asks. */
async function inFlight(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^http_requests_in_flight (\d+)$/m.exec(text)?.[1] ?? 0) - 1;
}

/** The reasons of all probes; nothing while the service is ready. */
async function whyUnready(url: string): Promise<string> {
  const response = await fetch(`${url}/health/ready`);
  const { probes } = (await response.json()) as { probes: Readonly<Record<string, { reasons: readonly string[] }>> };
  return response.status === 503 ? Object.values(probes).flatMap(({ reasons }) => reasons).join('; ') : '';
}

async function isAlive(url: string): Promise<boolean> {
  return (await fetch(`${url}/health/live`)).status === 200;
}

async function isRefused(url: string): Promise<boolean> {
  return fetch(`${url}/health/live`).then(() => false, () => true);
}
