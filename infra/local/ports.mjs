import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { StartFailure } from './failure.mjs';

export const HOST = '127.0.0.1';

async function listen(port) {
  const server = net.createServer().listen(port, HOST);
  await once(server, 'listening');
  return server;
}
const close = (server) => new Promise((resolve) => server.close(resolve));

/** `count` different ports that nobody listens on now. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map(close));
  return ports;
}

async function isFree(port) {
  try {
    await close(await listen(port));
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw error;
  }
}

/** Refuses a port in use. A predecessor that is just stopping gets `patienceMs` to let go of it. */
export async function claimPort(port, what, patienceMs = 3000) {
  for (const end = Date.now() + patienceMs; !(await isFree(port)); await wait(100)) {
    if (Date.now() > end) throw new StartFailure(`Port ${port}, needed by ${what}, is in use by another program.`);
  }
}

/** Sends `request` and resolves to the answer once `isComplete(bytes so far)`; rejects on any trouble within `timeoutMs`. */
export function exchange(port, request, isComplete, timeoutMs = 1000) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, HOST, () => socket.write(request));
    let answer = Buffer.alloc(0);
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer from port ${port}`)));
    socket.once('error', reject).once('close', () => reject(new Error(`port ${port} closed the connection`)));
    socket.on('data', (bytes) => {
      answer = Buffer.concat([answer, bytes]);
      if (!isComplete(answer)) return;
      resolve(answer);
      socket.destroy();
    });
  });
}
