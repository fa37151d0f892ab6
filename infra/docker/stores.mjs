// Kafka and MongoDB as containers of their own images, with the same results as infra/local gives.
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartFailure } from '../local/failure.mjs';
import { isKafkaReady } from '../local/kafka/readiness.mjs';
import { isMongoReady } from '../local/mongo/readiness.mjs';
import { HOST, claimPort } from '../local/ports.mjs';
import { engineAnswers, haveImage, images, startContainer } from './engine.mjs';

const READY_WITHIN_MS = 90_000;

/** True if an engine answers and has, or can fetch, both images. */
export async function canUseDocker(log) {
  if (!(await engineAnswers())) return false;
  return (await haveImage(images.kafka, log)) && (await haveImage(images.mongo, log));
}

async function untilReady(what, container, isReady) {
  for (const end = Date.now() + READY_WITHIN_MS; !(await isReady()); await wait(100)) {
    if (!container.hasExited() && Date.now() < end) continue;
    const tail = await container.logTail();
    await container.kill();
    throw new StartFailure(`${what} did not start in its container; the end of its log says:\n${tail}`);
  }
}

/** How a Kafka container starts with accounts, in its own place and in the container. */
const SECURED_START = path.join(import.meta.dirname, 'start-secured-kafka.sh');
const SECURED_START_INSIDE = '/index766/start-secured-kafka.sh';

/**
 * A broker on 127.0.0.1:`port`, which lets in `accounts` (passwords by name) alone; `name` names its volume.
 * Resolves to { brokers, exited, stop(), kill() }.
 */
export async function startKafka({ port, name, accounts }) {
  await claimPort(port, 'Kafka');
  const container = await startContainer({
    name: 'index766-kafka',
    image: images.kafka,
    publish: `${port}:9092`,
    volume: `index766-${name}-kafka:/var/lib/kafka/data`,
    mounts: [`${SECURED_START}:${SECURED_START_INSIDE}:ro`],
    entrypoint: SECURED_START_INSIDE,
    environment: {
      ACCOUNTS: Object.entries(accounts).map(([account, password]) => `${account}=${password}`).join('\n'),
      CLUSTER_ID: '5L6g3nShT-eMCtK--X86sw',
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_LISTENERS: 'CLIENT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: `CLIENT://${HOST}:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
      KAFKA_INTER_BROKER_LISTENER_NAME: 'CLIENT',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
      KAFKA_LOG_RETENTION_MS: '-1',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    },
  });
  await untilReady('Kafka', container, () => isKafkaReady(port, { secured: true }));
  return { ...container, brokers: `${HOST}:${port}` };
}

/** A MongoDB server on 127.0.0.1:`port`; `name` names its volume. Resolves to { uri, exited, stop(), kill() }. */
export async function startMongo({ port, name, user, password }) {
  await claimPort(port, 'MongoDB');
  const container = await startContainer({
    name: 'index766-mongo',
    image: images.mongo,
    publish: `${port}:27017`,
    volume: `index766-${name}-mongo:/data/db`,
    environment: { MONGO_INITDB_ROOT_USERNAME: user, MONGO_INITDB_ROOT_PASSWORD: password },
  });
  await untilReady('MongoDB', container, () => isMongoReady(port));
  return { ...container, uri: `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${port}/` };
}
