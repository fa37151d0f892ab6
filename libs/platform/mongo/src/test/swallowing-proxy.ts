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
  close(): Promise<void>;
}

export async function swallowingProxy(target: { host: string; port: number }): Promise<SwallowingProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let swallowing = false;
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [from, to] of [[near, far], [far, near]] as const) {
      from.on('data', (bytes) => swallowing || to.write(bytes));
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
      cut();
    },
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
