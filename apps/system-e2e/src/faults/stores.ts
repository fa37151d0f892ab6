import { startKafkaProcess, startMongoProcess, type ServerProcess } from '@index766/testing-integration';
import type { StoreProcess } from './fault';
import { Links } from './links';

type Undo = () => Promise<void> | void;

/** What a process of the engine that serves a client calls itself. */
const CLIENT_BACKEND = /\[local\]/;

/** A broker and a database of a campaign's own, with a proxy between each of them and each member. */
export class Stores {
  private constructor(
    readonly links: Links,
    private readonly broker: ServerProcess<'broker'>,
    private readonly database: ServerProcess<'engine' | 'gateway'>,
  ) {}

  static async start(): Promise<Stores> {
    const links = await Links.prepare();
    const started: { stop(): Promise<void> }[] = [links];
    try {
      const broker = await startKafkaProcess(links.brokerListeners());
      started.push(broker);
      const database = await startMongoProcess();
      started.push(database);
      await links.connect(new URL(database.address).host);
      return new Stores(links, broker, database);
    } catch (error) {
      await Promise.allSettled(started.map((server) => server.stop()));
      throw error;
    }
  }

  /** The broker without a proxy between: `host:port`. */
  get brokerAddress(): string {
    return this.broker.address;
  }

  /** The database without a proxy between: `mongodb://` with the account. */
  get databaseAddress(): string {
    return this.database.address;
  }

  /** The database by a proxy at `host:port`. */
  databaseAt(address: string): string {
    const url = new URL(this.database.address);
    url.host = address;
    return url.href;
  }

  kill(process: StoreProcess): Promise<Undo> {
    switch (process) {
      case 'broker': return killed(this.broker, 'broker');
      case 'database-engine': return killed(this.database, 'engine');
      case 'database-gateway': return killed(this.database, 'gateway');
    }
  }

  pause(process: StoreProcess): Undo {
    switch (process) {
      case 'broker': return paused(this.broker, 'broker');
      case 'database-engine': return paused(this.database, 'engine');
      case 'database-gateway': return paused(this.database, 'gateway');
    }
  }

  /** Kills one process that serves a client: the engine ends all others and recovers, without its gateway being told. */
  crashBackend(): void {
    const backend = this.database.children('engine').find(({ title }) => CLIENT_BACKEND.test(title));
    if (backend !== undefined) process.kill(backend.pid, 'SIGKILL');
  }

  async stop(): Promise<void> {
    await Promise.all([this.broker.stop(), this.database.stop()]);
    await this.links.stop();
  }
}

async function killed<Part extends string>(server: ServerProcess<Part>, part: Part): Promise<Undo> {
  await server.kill(part);
  return () => server.restart();
}

function paused<Part extends string>(server: ServerProcess<Part>, part: Part): Undo {
  server.pause(part);
  return () => {
    server.resume(part);
  };
}
