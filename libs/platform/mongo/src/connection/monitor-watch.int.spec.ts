import { inspect } from 'node:util';
import { databaseName, startOwnMongo, until, type Server } from '@index766/testing-integration';
import { isDatabaseAway } from '../failures/database-failure';
import { mongoOptions } from '../test/dossier-store';
import { openMongo, type MongoDatabase } from './mongo-database';

/** The driver's own things, which nothing else touches. */
interface DriverClient {
  readonly topology: {
    readonly s: { readonly servers: ReadonlyMap<string, { readonly monitor: {
      readonly s: { readonly state: string };
      readonly connection: { readonly socket: { destroy(): void } } | null;
      readonly monitorId: { _executeAndReschedule(): void };
    } }> };
  };
}

/** Asks until an operation fails; answers the failure if it is not known as the database being away. */
async function askUntilAway(database: MongoDatabase): Promise<readonly string[]> {
  try {
    for (;;) await database.collection('marks').findOne({});
  } catch (error) {
    return isDatabaseAway(error) ? [] : [inspect(error)];
  }
}

describe('a check of the server that begins just after its socket has ended', () => {
  let server: Server;
  let database: MongoDatabase;
  beforeAll(async () => {
    server = await startOwnMongo();
    database = await openMongo({ ...mongoOptions(server.address, databaseName(__filename)), serverSelectionTimeoutMs: 500 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('does not keep the database away for ever', async () => {
    const { topology } = database.connection.getClient() as unknown as DriverClient;
    const monitor = [...topology.s.servers.values()][0]?.monitor;
    if (monitor === undefined) throw new Error('the driver has no monitor where it had one');
    await until(() => monitor.s.state === 'idle' && monitor.connection !== null, { what: 'a look between two checks' });

    monitor.connection?.socket.destroy();
    monitor.monitorId._executeAndReschedule(); // in the same tick, before "close" is told
    expect(monitor.s.state).toBe('monitoring');
    // Only a connection that breaks under an operation makes the driver forget that the server was there.
    const asking = Array.from({ length: 8 }, () => askUntilAway(database));
    await server.kill();
    expect((await Promise.all(asking)).flat()).toEqual([]);
    await until(() => database.ping().then(() => false, () => true), { what: 'the database to be away' });
    await server.restart();

    await until(() => database.ping().then(() => true), { timeoutMs: 45_000, what: 'the database to be back' });
  });
});
