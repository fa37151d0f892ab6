import { LOGGER, type Logger } from '@index766/platform-observability';
import type { RunningHttpApp } from './start-http-app';

/** Time for everything to end after a signal; then the process ends all the same. */
const STOP_LIMIT_MS = 10_000;

/**
 * The whole of a `main.ts`: starts the service, stops it on SIGTERM or SIGINT, exits 0 after a clean stop and 1 otherwise.
 * A start that fails says why in one line on standard error.
 */
export async function runService(start: () => Promise<RunningHttpApp>): Promise<void> {
  let running: RunningHttpApp;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`);
    process.exit(1);
  }
  const logger = running.app.get<Logger>(LOGGER);
  logger.info({ url: running.url }, 'the service answers');
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'the service stops');
    setTimeout(() => {
      logger.error({ limitMs: STOP_LIMIT_MS }, 'the service did not stop in time');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the service did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('uncaughtException', (error) => {
    // State after an error that nobody caught is unknown; a restart begins from what is stored.
    logger.fatal({ err: error }, 'an error that nobody caught');
    process.exit(1);
  });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the service cannot start';
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'the service cannot start: its port is in use (HTTP_PORT)';
  return `the service cannot start: ${error.message}`;
}
