import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, Partitioners, ResourcePatternTypes, logLevel, type Admin } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';

/** How somebody comes to a broker; without an account as somebody whom nobody knows. */
export interface BrokerLogin {
  readonly brokers: readonly string[];
  readonly account?: { readonly username: string; readonly password: string };
}

const READ_WITHIN_MS = 30_000;
const REFUSED = /AUTHORIZATION_FAILED|SASL_AUTHENTICATION_FAILED/;
/** The last is all that kafkajs says when the broker refuses a group: it keeps the broker's word to itself. */
const REFUSALS = ['KafkaJSSASLAuthenticationError', 'KafkaJSGroupCoordinatorNotFound'];

/** What somebody may do at a broker, tried out: `refused` is the broker's word, anything else that goes wrong is thrown. */
export class BrokerVisit {
  readonly #kafka: Kafka;

  constructor({ brokers, account }: BrokerLogin) {
    this.#kafka = new Kafka({
      clientId: 'specs', brokers: [...brokers], logLevel: logLevel.NOTHING, retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 10 },
      ...(account === undefined ? {} : { sasl: { mechanism: 'scram-sha-512', ...account } }),
    });
  }

  write(topic: string): Promise<'allowed' | 'refused'> {
    return verdictOf(async () => {
      const producer = this.#kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
      await producer.connect();
      try {
        await producer.send({ topic, messages: [{ key: 'visit', value: 'visit', partition: 0 }] });
      } finally {
        await producer.disconnect();
      }
    });
  }

  /** The topics of which it read a record, as a member of the group; each of them has to have one. */
  readable(topics: readonly string[], group: string): Promise<readonly string[]> {
    return onceLoaded(() => this.#readable(topics, group));
  }

  async #readable(topics: readonly string[], group: string): Promise<readonly string[]> {
    const consumer = this.#kafka.consumer({ groupId: group, maxWaitTimeInMs: 50, retry: { retries: 8, restartOnFailure: () => Promise.resolve(false) } });
    await consumer.connect();
    const awaited = new Set<string>();
    for (const topic of topics) {
      if (await verdictOf(() => consumer.subscribe({ topic, fromBeginning: true })) === 'allowed') awaited.add(topic);
    }
    const allowed = [...awaited];
    let timer: NodeJS.Timeout | undefined;
    try {
      if (allowed.length === 0) return [];
      await new Promise<void>((resolve, reject) => {
        timer = setTimeout(() => { reject(new Error(`no record of ${[...awaited].join(', ')}`)); }, READ_WITHIN_MS);
        consumer.on(consumer.events.CRASH, ({ payload }) => { reject(payload.error); });
        consumer.run({
          autoCommit: false,
          eachMessage: ({ topic }) => {
            awaited.delete(topic);
            if (awaited.size === 0) resolve();
            return Promise.resolve();
          },
        }).catch(reject);
      });
      return allowed;
    } finally {
      clearTimeout(timer);
      await consumer.disconnect();
    }
  }

  /** Being a member of a group that reads this topic, which it may read. */
  join(group: string, topic: string): Promise<'allowed' | 'refused'> {
    return verdictOf(() => this.readable([topic], group));
  }

  /** Looking at where a group stands. */
  lookAtGroup(group: string, topic: string): Promise<'allowed' | 'refused'> {
    return this.#administer((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
  }

  createTopic(topic: string): Promise<'allowed' | 'refused'> {
    return this.#administer((admin) => admin.createTopics({ waitForLeaders: false, topics: [{ topic, numPartitions: 1, replicationFactor: 1 }] }));
  }

  deleteTopic(topic: string): Promise<'allowed' | 'refused'> {
    return this.#administer((admin) => admin.deleteTopics({ topics: [topic] }));
  }

  /** Giving an account the right to read a topic. */
  grantReading(account: string, topic: string): Promise<'allowed' | 'refused'> {
    return this.#administer((admin) => admin.createAcls({
      acl: [{
        resourceType: AclResourceTypes.TOPIC, resourceName: topic, resourcePatternType: ResourcePatternTypes.LITERAL, principal: `User:${account}`,
        host: '*', operation: AclOperationTypes.READ, permissionType: AclPermissionTypes.ALLOW,
      }],
    }));
  }

  /** Nothing but coming in. */
  enter(): Promise<'allowed' | 'refused'> {
    return this.#administer((admin) => admin.listTopics());
  }

  #administer(work: (admin: Admin) => Promise<unknown>): Promise<'allowed' | 'refused'> {
    return verdictOf(async () => {
      const admin = this.#kafka.admin({ retry: { retries: 2 } });
      await admin.connect();
      try {
        await work(admin);
      } finally {
        await admin.disconnect();
      }
    });
  }
}

async function verdictOf(attempt: () => Promise<unknown>): Promise<'allowed' | 'refused'> {
  try {
    await onceLoaded(attempt);
    return 'allowed';
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

/** The first members of a group have to wait until a fresh broker has read the partition that keeps it: kafkajs gives up at once there. */
async function onceLoaded<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!wordsOf(error).some(({ type }) => type === 'GROUP_LOAD_IN_PROGRESS')) throw error;
      await pause(100);
    }
  }
}

function isRefusal(error: unknown): boolean {
  return wordsOf(error).some(({ type, name }) => REFUSED.test(type ?? '') || REFUSALS.includes(name));
}

/** kafkajs wraps what the broker said, some of it in lists: an error and all that it wraps. */
function wordsOf(error: unknown): readonly (Error & { readonly type?: string })[] {
  if (!(error instanceof Error)) return [];
  const { cause, errors = [] } = error as Error & { readonly errors?: readonly unknown[] };
  return [error, ...[cause, ...errors].flatMap(wordsOf)];
}
