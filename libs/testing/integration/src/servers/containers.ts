import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GenericContainer, ImageName, Wait, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers';
import { freePort } from './free-port';
import type { Server, ServerSource } from './server';
import { workspaceFolder } from './workspace-folder';

const IMAGES = JSON.parse(readFileSync(join(workspaceFolder(), 'infra', 'images.json'), 'utf8')) as { kafka: string; mongo: string };
const HOST = '127.0.0.1';

/** The host's port is fixed before the start: the broker has to announce it, and a restart has to keep it. */
async function started(container: GenericContainer, inside: number, outside: number): Promise<StartedTestContainer> {
  return container.withExposedPorts({ container: inside, host: outside }).withStartupTimeout(120_000).start();
}

function asServer(container: StartedTestContainer, address: string): Server {
  return {
    address,
    async kill() {
      const client = await getContainerRuntimeClient();
      await client.container.getById(container.getId()).kill();
    },
    restart: () => container.restart(),
    async stop() {
      await container.stop({ remove: true, removeVolumes: true });
    },
  };
}

async function startKafka(): Promise<Server> {
  const port = await freePort();
  const container = new GenericContainer(IMAGES.kafka)
    .withEnvironment({
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'CLIENT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `CLIENT://${HOST}:${String(port)}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'CLIENT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_LOG_RETENTION_MS: '-1',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '4',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
      KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
      KAFKA_BROKER_SESSION_TIMEOUT_MS: '3000',
      KAFKA_BROKER_HEARTBEAT_INTERVAL_MS: '500',
    })
    .withWaitStrategy(Wait.forListeningPorts());
  return asServer(await started(container, 9092, port), `${HOST}:${String(port)}`);
}

async function startMongo(): Promise<Server> {
  const port = await freePort();
  const password = randomBytes(16).toString('hex');
  const container = new GenericContainer(IMAGES.mongo)
    .withEnvironment({ MONGO_INITDB_ROOT_USERNAME: 'specs', MONGO_INITDB_ROOT_PASSWORD: password })
    .withWaitStrategy(Wait.forListeningPorts());
  return asServer(await started(container, 27017, port), `mongodb://specs:${password}@${HOST}:${String(port)}/`);
}

/** True if an engine answers and both images are there or can be fetched. */
export async function canUseContainers(): Promise<boolean> {
  try {
    const client = await getContainerRuntimeClient();
    for (const image of [IMAGES.kafka, IMAGES.mongo].map((name) => ImageName.fromString(name))) {
      if (!(await client.image.exists(image))) await client.image.pull(image);
    }
    return true;
  } catch {
    return false;
  }
}

/** Servers as containers of the real images. */
export const containers: ServerSource = { kind: 'containers', startKafka, startMongo };
