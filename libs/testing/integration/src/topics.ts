import { ConfigResourceTypes, Kafka, Partitioners, logLevel, type KafkaMessage } from 'kafkajs';
import { kafkaBrokers } from './addresses';
import { uniqueName } from './names';
import { until } from './until';

export interface NewTopic {
  readonly topic: string;
  /** Default 1. */
  readonly partitions?: number;
  /** Topic settings, for example { 'cleanup.policy': 'compact' }. */
  readonly config?: Readonly<Record<string, string>>;
}

/** A record as it lies in the topic: nothing interpreted but header values, which are text. */
export interface RawRecord {
  readonly partition: number;
  readonly offset: bigint;
  /** Empty for a record without a key. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null for a tombstone. */
  readonly value: Buffer | null;
  readonly timestamp: number;
}

export interface RecordToSend {
  readonly key: string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly partition?: number;
}

export interface ReadOptions {
  /** Stop after this many records. */
  readonly count?: number;
  /** Stop as soon as this holds for what was read so far. */
  readonly until?: (records: readonly RawRecord[]) => boolean;
  /** Give up after this time (default 45 s). */
  readonly timeoutMs?: number;
  /** Another broker than the run's. */
  readonly brokers?: readonly string[];
}

const client = (brokers: readonly string[]) =>
  new Kafka({
    clientId: 'specs',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 20 },
  });

/** All topics of a broker but its own. */
export async function topicNames(brokers: readonly string[] = kafkaBrokers()): Promise<readonly string[]> {
  const admin = client(brokers).admin();
  await admin.connect();
  try {
    return (await admin.listTopics()).filter((name) => !name.startsWith('__')).sort();
  } finally {
    await admin.disconnect();
  }
}

/** Makes topics and resolves when each of their partitions has a leader. */
export async function createTopics(topics: readonly (string | NewTopic)[], brokers: readonly string[] = kafkaBrokers()): Promise<void> {
  const admin = client(brokers).admin();
  await admin.connect();
  const wanted = topics.map((topic): NewTopic => (typeof topic === 'string' ? { topic } : topic));
  try {
    await admin.createTopics({
      // kafkajs's own waiting ends with an error when it asks before the broker has heard of the topics.
      waitForLeaders: false,
      topics: wanted.map(({ topic, partitions = 1, config = {} }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: 1,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      })),
    });
    await until(async () => {
      const { topics: known } = await admin.fetchTopicMetadata();
      const led = new Map(known.map(({ name, partitions }) => [name, partitions.filter(({ leader }) => leader >= 0).length]));
      return wanted.every(({ topic, partitions = 1 }) => led.get(topic) === partitions);
    }, { what: `leaders of ${wanted.map(({ topic }) => topic).join(', ')}`, timeoutMs: 30_000 });
  } finally {
    await admin.disconnect();
  }
}

/** Gives a topic these settings and the broker's own for all others. */
export async function setTopicConfig(
  topic: string, config: Readonly<Record<string, string>>, brokers: readonly string[] = kafkaBrokers(),
): Promise<void> {
  const admin = client(brokers).admin();
  await admin.connect();
  try {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries }] });
  } finally {
    await admin.disconnect();
  }
}

/** Sends records as they are, for specs that need broken or foreign ones. */
export async function sendRecords(topic: string, records: readonly RecordToSend[], brokers: readonly string[] = kafkaBrokers()): Promise<void> {
  const producer = client(brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await producer.send({ topic, messages: records.map(({ headers = {}, ...record }) => ({ ...record, headers: { ...headers } })) });
  } finally {
    await producer.disconnect();
  }
}

const textOf = (value: Buffer | string | (Buffer | string)[] | undefined): string =>
  Array.isArray(value) ? value.map(String).join(',') : String(value ?? '');

function toRaw(partition: number, { offset, key, value, headers = {}, timestamp }: KafkaMessage): RawRecord {
  return {
    partition,
    offset: BigInt(offset),
    key: key?.toString('utf8') ?? '',
    headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, textOf(header)])),
    value,
    timestamp: Number(timestamp),
  };
}

/** How far each partition reaches now: offset after its last record. */
async function endsOf(kafka: Kafka, topic: string): Promise<Map<number, bigint>> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return new Map(offsets.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]));
  } finally {
    await admin.disconnect();
  }
}

/**
 * Reads a topic from its beginning: up to `count` records, or until `until` holds, or (without either) all that is in it
 * at the time of the call. Records of one partition keep their order. Fails with how many came if time runs out.
 */
export async function readTopic(topic: string, options: ReadOptions = {}): Promise<readonly RawRecord[]> {
  const { count, until, timeoutMs = 45_000, brokers = kafkaBrokers() } = options;
  const kafka = client(brokers);
  const records: RawRecord[] = [];
  const toTheEnd = count === undefined && until === undefined;
  const missing = toTheEnd ? await endsOf(kafka, topic) : new Map<number, bigint>();
  const isDone = () => (toTheEnd ? missing.size === 0 : records.length >= (count ?? Infinity) || (until?.(records) ?? false));
  if (isDone()) return records;

  const consumer = kafka.consumer({ groupId: uniqueName('specs.read'), maxWaitTimeInMs: 100 });
  await consumer.connect();
  let timer: NodeJS.Timeout | undefined;
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => reject(new Error(`${topic}: only ${String(records.length)} records within ${String(timeoutMs)} ms`));
      timer = setTimeout(giveUp, timeoutMs);
      consumer
        .run({
          autoCommit: false,
          eachBatch: ({ batch }) => {
            for (const message of batch.messages) if (!isDone()) records.push(toRaw(batch.partition, message));
            if (BigInt(batch.lastOffset()) + 1n >= (missing.get(batch.partition) ?? 0n)) missing.delete(batch.partition);
            if (isDone()) resolve();
            return Promise.resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
  return records;
}
