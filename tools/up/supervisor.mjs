import { StartFailure } from '../../infra/local/failure.mjs';

/**
 * Keeps what was started: notices when one of it ends by itself, stops all of it in the opposite order.
 * `failure` is a promise that never resolves and rejects with the first unexpected end that the others cannot make up for:
 * a service goes on while it has members, and `say` tells that it has one less.
 */
export function superviseStarted(say = () => undefined) {
  const started = [];
  const memberLosses = [];
  let stopping = false;
  let fail;
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => undefined); // whoever waits for it sees it

  const hasOtherMembers = (server) =>
    server.name !== undefined && started.some((other) => other.server !== server && other.server.name === server.name && !other.ended);

  return {
    failure,
    hasStarted: () => started.length > 0,
    /** Adds something with { exited, stop(), logTail() }; a member of a service has the service's `name`, too. */
    add(title, server) {
      const entry = { server, ended: false };
      started.push(entry);
      void server.exited.then(async (end) => {
        entry.ended = true;
        if (stopping) return;
        const tail = await server.logTail();
        const what = `${title} ended unexpectedly (${end}); the end of its log says:\n${tail}`;
        if (!hasOtherMembers(server)) return fail(new StartFailure(what));
        say(`\n${what}\nIts other members go on.`);
        for (const tell of memberLosses) tell(server);
      });
      return server;
    },
    /** `tell(server)` is called when a member ended by itself and the service goes on without it. */
    onMemberLost: (tell) => memberLosses.push(tell),
    /** Stops services before the stores they use; services (added together) at the same time. */
    async stopAll() {
      stopping = true;
      const servers = started.map(({ server }) => server);
      await Promise.all(servers.filter(({ url }) => url !== undefined).map((server) => server.stop()));
      await Promise.all(servers.filter(({ url }) => url === undefined).map((server) => server.stop()));
    },
  };
}
