import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { reservePort } from './port-reservations';

/** Below the ports that systems give to outgoing connections, which could take one between two starts of a server. */
const FROM = 20_000;
const BELOW = 32_000;

/** A port of 127.0.0.1 that nobody listens on now, another one at each call, in whatever process of this machine. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, BELOW);
    if (reservePort(port) && await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return false;
    throw error;
  }
  await new Promise((resolve) => server.close(resolve));
  return true;
}
