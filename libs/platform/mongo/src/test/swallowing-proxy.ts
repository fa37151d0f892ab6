import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface SwallowingProxy {
  readonly port: number;
  /** From now on nothing gets through, and no connection is closed: a network that loses packets. */
  swallow(): void;
  /** Lets everything through again; what was swallowed is gone, and so are the connections. */
  pass(): void;
  /** Cuts all connections. */
  cut(): void;
  /** Cuts, so many times, the connection that carries this command to the server, which never sees it. */
  cutAt(command: string, times: number): void;
  close(): Promise<void>;
}

export async function swallowingProxy(target: { host: string; port: number }): Promise<SwallowingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let swallowing = false;
  const cutting: { start: Buffer; times: number } = { start: Buffer.alloc(0), times: 0 };
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on('data', (bytes: Buffer) => {
        if (from === near && cutting.times > 0 && bytes.includes(cutting.start)) {
          cutting.times -= 1;
          from.destroy();
        } else if (!swallowing) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        to.destroy();
        pairs.delete(pair);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    swallow: () => {
      swallowing = true;
    },
    pass: () => {
      swallowing = false;
      cutting.times = 0;
      cut();
    },
    cut,
    cutAt: (command, times) => {
      Object.assign(cutting, { start: commandStart(command), times });
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** How a command begins on the wire: its name is the first field of a BSON document, a text (type 2). */
function commandStart(command: string): Buffer {
  return Buffer.from(`\u0002${command}\0`);
}
