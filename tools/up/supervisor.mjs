import { StartFailure } from '../../infra/local/failure.mjs';

/**
 * Keeps what was started: notices when one of it ends by itself, stops all of it in the opposite order.
 * `failure` is a promise that never resolves and rejects with the first unexpected end.
 */
export function superviseStarted() {
  const started = [];
  let stopping = false;
  let fail;
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => undefined); // whoever waits for it sees it

  return {
    failure,
    hasStarted: () => started.length > 0,
    /** Adds something with { exited, stop(), logTail() }. */
    add(name, server) {
      started.push({ name, server });
      void server.exited.then(async (end) => {
        if (stopping) return;
        const tail = await server.logTail();
        fail(new StartFailure(`${name} ended unexpectedly (${end}); the end of its log says:\n${tail}`));
      });
      return server;
    },
    /** Stops services before the stores they use; services (added together) at the same time. */
    async stopAll() {
      stopping = true;
      const services = started.filter(({ server }) => server.url !== undefined);
      const stores = started.filter(({ server }) => server.url === undefined);
      await Promise.all(services.map(({ server }) => server.stop()));
      await Promise.all(stores.map(({ server }) => server.stop()));
    },
  };
}
