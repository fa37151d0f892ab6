import { HOST } from '../ports.mjs';
import { securityProperties } from './accounts.mjs';

/**
 * Properties of a single KRaft node on the loopback address.
 * The voter is named with its port (not found by bootstrap) so that the ports may change between runs of one data folder.
 * `behind` are further client listeners { name, port, advertisedPort }: a client that comes by one of them is sent to its
 * advertised port for everything, so that a proxy in front of it stays between them. `accounts` (passwords by name): a broker
 * that asks for a login and refuses what no rule allows; without them everybody may do everything.
 */
export function serverProperties({ port, controllerPort, dataFolder, behind = [], accounts }) {
  const clients = [{ name: 'CLIENT', port, advertisedPort: port }, ...behind];
  const addresses = (portOf) => clients.map((listener) => `${listener.name}://${HOST}:${portOf(listener)}`);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    listeners: [...addresses((listener) => listener.port), `CONTROLLER://${HOST}:${controllerPort}`],
    'advertised.listeners': addresses((listener) => listener.advertisedPort),
    'listener.security.protocol.map': [...clients.map(({ name }) => `${name}:PLAINTEXT`), 'CONTROLLER:PLAINTEXT'],
    'inter.broker.listener.name': 'CLIENT',
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': dataFolder,
    // A topic that nobody declared is a mistake, and facts are kept for ever unless their topic says otherwise.
    'auto.create.topics.enable': false,
    'log.retention.ms': -1,
    // One node: whatever Kafka would put on three of them.
    'default.replication.factor': 1,
    'min.insync.replicas': 1,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.num.partitions': 4,
    // Quick joins, quick detection of a dead member, quick return after kill -9 (the defaults wait 3, 6 and 9 s).
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
    // Small machine.
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 4,
    'log.segment.bytes': 64 * 1024 * 1024,
    'log.cleaner.dedupe.buffer.size': 16 * 1024 * 1024,
    ...(accounts === undefined ? {} : securityProperties({ clientListeners: clients.map(({ name }) => name), accounts })),
  };
  return Object.entries(properties).map(([name, value]) => `${name}=${value}\n`).join('');
}

/** Flags of the Java machine: small heap, cheap collector, quick start, warnings only. */
export const javaFlags = [
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
  '-Djava.net.preferIPv4Stack=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSZ",
];
