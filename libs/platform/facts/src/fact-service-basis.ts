import type { TopicContract } from '@index766/contracts-envelope';
import type { Instant } from '@index766/kernel';
import type { DeepReadonly, FactSettings, KafkaSettings, MongoSettings } from '@index766/platform-config';
import { BatchConsumer, Publisher, createKafkaClient, partitionOf, type BatchHandler, type KafkaClient } from '@index766/platform-kafka';
import {
  AggregateStore, ReferenceCache, ReferenceCollection, Relay, ensureIndexes, isDatabaseAway, openMongo, type IndexDeclaration,
  type MongoDatabase, type StateFields,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import {
  MongoReference, REFERENCE_COLLECTION, ReferenceBatchHandler, sharingValues, tellMissingVersions, type ReferenceContent, type ReferenceSource,
} from '@index766/platform-reference';

export interface FactServiceConfig {
  readonly mongo: DeepReadonly<MongoSettings>;
  readonly kafka: DeepReadonly<KafkaSettings>;
  readonly facts: DeepReadonly<FactSettings>;
}

export interface FactServiceOptions {
  /** `dossiers`: names its relay, its watermarks and its positions; groups begin with it. */
  readonly name: string;
  /** Of its aggregates; the relay asks their outboxes in this order. */
  readonly collections: readonly string[];
  readonly config: FactServiceConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** A consumer of the service with the topics that it reads. */
export interface ReadTopics {
  readonly consumer: BatchConsumer;
  readonly topics: readonly TopicContract[];
}

/** The service's copy of the catalog: in memory, and how it follows. */
export interface FollowedReference {
  readonly cache: ReferenceCache<ReferenceContent>;
  readonly reads: ReadTopics;
}

/** What a service needs before it can make its use cases: database, broker, relay. Nothing runs yet. */
export class FactServiceBasis {
  private constructor(
    readonly options: FactServiceOptions,
    readonly database: MongoDatabase,
    readonly kafka: KafkaClient,
    readonly publisher: Publisher,
    readonly deadLetters: Publisher,
    readonly relay: Relay,
  ) {}

  static async open(options: FactServiceOptions): Promise<FactServiceBasis> {
    const { name, collections, config, log, metrics } = options;
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(config.kafka, log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const relay = new Relay(database, {
      name, outboxes: collections.map((collection) => ({ collection })), slots: config.facts.topicPartitions, sender: publisher,
      overdueMs: config.facts.outboxAlarmMs, log, metrics,
    });
    return new FactServiceBasis(options, database, kafka, publisher, new Publisher(sending), relay);
  }

  readonly clock = { now: (): Instant => this.database.now() };

  /** Aggregates whose records the relay sends: an aggregate's slot is the partition of its key. */
  store<State extends StateFields<State>>(collection: string): AggregateStore<State> {
    const slots = this.options.config.facts.topicPartitions;
    return new AggregateStore<State>(this.database, {
      collection,
      slotOf: (id) => partitionOf(id, slots),
      onSaved: (saved, from) => this.relay.wake(saved, from),
    });
  }

  /** Makes the service's indexes and loads its copy of the catalog, which the group `<service>.reference` keeps up to date. */
  async followReference(sources: readonly ReferenceSource[], indexes: readonly IndexDeclaration[]): Promise<FollowedReference> {
    const { name, log, metrics } = this.options;
    const collection = new ReferenceCollection<ReferenceContent>(this.database, REFERENCE_COLLECTION);
    await ensureIndexes(this.database, [...indexes, ...collection.indexes]);
    const cache = new ReferenceCache(sharingValues(collection), { log });
    await cache.start();
    tellMissingVersions(metrics, cache, sources);
    const handler = new ReferenceBatchHandler(new MongoReference(collection), sources);
    return { cache, reads: this.read(`${name}.reference`, sources.map(({ topic }) => topic), handler) };
  }

  read(group: string, topics: readonly TopicContract[], handler: BatchHandler<unknown, unknown>): ReadTopics {
    const consumer = new BatchConsumer({
      client: this.kafka, group, handlers: [handler], deadLetters: this.deadLetters, metrics: this.options.metrics,
      classify: (error) => (isDatabaseAway(error) ? 'away' : undefined),
    });
    return { consumer, topics };
  }
}
