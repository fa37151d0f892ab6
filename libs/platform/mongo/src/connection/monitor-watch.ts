import type { Logger } from '@index766/platform-observability';
import type { mongo } from 'mongoose';

export interface MonitorWatchOptions {
  /** A check of a server that takes longer has no end; longer than the driver's own limits of connecting and answering. */
  readonly checkWithinMs: number;
  readonly lookEveryMs?: number;
  readonly log?: Logger;
}

/** What the driver keeps of each server; not part of its published interface, held by the spec of this file. */
interface DriverTopology {
  readonly s: { readonly servers: ReadonlyMap<string, { readonly monitor: { close(): void; connect(): void } | null }> };
}

const LOOK_EVERY_MS = 1_000;

/**
 * Begins the checks of a server anew when one of them never ends. The driver (7.8) writes to a socket that was destroyed a
 * moment before its "close" event, and waits for it to drain: neither that nor an error ever comes, no further check
 * begins, and a server that had been lost stays lost for as long as the process lives. Ends with the client.
 */
export function watchMonitors(client: mongo.MongoClient, { checkWithinMs, lookEveryMs = LOOK_EVERY_MS, log }: MonitorWatchOptions): void {
  const begun = new Map<string, number>();
  const ended = ({ connectionId }: { readonly connectionId: string }) => begun.delete(connectionId);
  client
    .on('serverHeartbeatStarted', ({ connectionId }) => begun.set(connectionId, performance.now()))
    .on('serverHeartbeatSucceeded', ended)
    .on('serverHeartbeatFailed', ended);
  const timer = setInterval(() => {
    for (const [address, since] of begun) {
      if (performance.now() - since < checkWithinMs) continue;
      begun.delete(address);
      log?.warn({ checkWithinMs }, 'a check of the database server has no end: checking begins anew');
      beginAnew(client, address);
    }
  }, lookEveryMs).unref();
  client.once('topologyClosed', () => {
    clearInterval(timer);
  });
}

function beginAnew(client: mongo.MongoClient, address: string): void {
  const { topology } = client as unknown as { readonly topology?: DriverTopology };
  const monitor = topology?.s.servers.get(address)?.monitor;
  monitor?.close();
  monitor?.connect();
}
