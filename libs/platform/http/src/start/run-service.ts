import { Health, LOGGER, type Logger } from '@index766/platform-observability';
import type { RunningHttpApp } from './start-http-app';

/** Time for everything to end after a signal; then the process ends all the same. */
const STOP_LIMIT_MS = 10_000;

/** How often a service looks at its own liveness, and after how many failures in a row it does not mend itself any more. */
const LOOKS = { everyMs: 10_000, most: 6 } as const;

/** The part of the process that starting and stopping a service needs. */
export interface ServiceProcess {
  on(signal: 'SIGTERM' | 'SIGINT', stop: (signal: NodeJS.Signals) => void): unknown;
  on(event: 'uncaughtException', report: (error: Error) => void): unknown;
  exit(code: number): void;
  readonly stderr: { write(text: string): unknown };
}

/**
 * The whole of a `main.ts`: starts the service, stops it on SIGTERM or SIGINT, exits 0 after a clean stop and 1 otherwise. A service
 * that is not live for a minute stops and exits 1, so that whatever supervises the process starts it again.
 * A second signal changes nothing: the stop has its limit, and what is in work then is what would be lost.
 * A start that fails says why in one line on standard error.
 */
export async function runService(
  start: () => Promise<RunningHttpApp>,
  host: ServiceProcess = process,
  stopLimitMs: number = STOP_LIMIT_MS,
  looks: { readonly everyMs: number; readonly most: number } = LOOKS,
): Promise<void> {
  let running: RunningHttpApp;
  try {
    running = await start();
  } catch (error) {
    host.stderr.write(`${reasonOf(error)}\n`);
    host.exit(1);
    return;
  }
  const logger = running.app.get<Logger>(LOGGER);
  logger.info({ url: running.url }, 'the service answers');

  let stopping = false;
  const stop = (code: 0 | 1, signal?: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    clearInterval(looking);
    logger.info({ signal }, 'the service stops');
    const limit = setTimeout(() => {
      logger.error({ limitMs: stopLimitMs }, 'the service did not stop in time');
      host.exit(1);
    }, stopLimitMs);
    running.close().then(
      () => host.exit(code),
      (error: unknown) => {
        logger.error({ err: error }, 'the service did not stop cleanly');
        host.exit(1);
      },
    ).finally(() => clearTimeout(limit));
  };
  const health = running.app.get(Health);
  let failures = 0;
  const looking = setInterval(() => void health.live().then(({ status, probes }) => {
    failures = status === 'up' ? 0 : failures + 1;
    if (failures < looks.most) return;
    logger.fatal({ probes }, 'the service cannot get on without a restart');
    stop(1);
  }), looks.everyMs);
  looking.unref();
  host.on('SIGTERM', (signal) => stop(0, signal));
  host.on('SIGINT', (signal) => stop(0, signal));
  host.on('uncaughtException', (error) => {
    // State after an error that nobody caught is unknown; a restart begins from what is stored.
    logger.fatal({ err: error }, 'an error that nobody caught');
    host.exit(1);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the service cannot start';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'the service cannot start: its port is in use (HTTP_PORT)';
  return `the service cannot start: ${error.message}`;
}
