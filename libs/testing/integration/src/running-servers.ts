import type { Server } from './servers/server';

/** Jest loads setup and teardown as separate modules of one process: what they share hangs on the process. */
const KEY = Symbol.for('index766.test-servers');
const holder = globalThis as { [KEY]?: readonly Server[] | undefined };

export function rememberServers(servers: readonly Server[]): void {
  holder[KEY] = servers;
}

export function takeServers(): readonly Server[] {
  const servers = holder[KEY] ?? [];
  holder[KEY] = undefined;
  return servers;
}
