import path from 'node:path';
import { canUseDocker, startKafka as startKafkaContainer, startMongo as startMongoContainer } from '../../infra/docker/stores.mjs';
import { logTail } from '../../infra/local/guarded-process.mjs';
import * as localKafka from '../../infra/local/kafka.mjs';
import * as localMongo from '../../infra/local/mongo.mjs';
import { ensureTools } from '../../infra/local/required-tools.mjs';

const docker = {
  kind: 'docker',
  install: () => undefined,
  startKafka: ({ port, name, accounts }) => startKafkaContainer({ port, name, accounts }),
  startMongo: ({ port, name, account }) => startMongoContainer({ port, name, ...account }),
};

const withLogTail = (server) => ({ ...server, logTail: () => logTail(server.logFile) });

const local = {
  kind: 'local',
  install: async (log) => {
    await ensureTools([...localKafka.neededTools(), ...localMongo.neededTools()], log); // at once: one message names all
    await Promise.all([localKafka.install({ log }), localMongo.install({ log })]);
  },
  startKafka: async ({ port, name, accounts, log }) => {
    const server = await localKafka.start({ port, name: path.join('stores', name, 'kafka'), accounts, log });
    return { ...withLogTail(server), pids: [server.pid] };
  },
  startMongo: async ({ port, name, account, log }) =>
    withLogTail(await localMongo.start({ port, name: path.join('stores', name, 'mongo'), ...account, log })),
};

/** Containers if a Docker engine answers and has the images, else processes of this machine. */
export const chooseStores = async (log) => ((await canUseDocker(log)) ? docker : local);
