import type { OnApplicationShutdown } from '@nestjs/common';
import { versionInForce, type UnitVersioned } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import {
  BatchConsumer, Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, partitionOf, planTopics,
  type BatchHandler, type TopicPlan,
} from '@index766/platform-kafka';
import {
  AggregateStore, Reconciliation, ReferenceCache, ReferenceCollection, Relay, WatermarkTicker, ensureIndexes, foldBack,
  isDatabaseAway, openMongo, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import {
  CachedVersions, MongoReference, REFERENCE_COLLECTION, ReferenceBatchHandler, UnitScope, UnitTree, type ReferenceContent,
} from '@index766/platform-reference';
import { CommandDocuments } from './application/command-documents';
import { IntakeBatchHandler } from './consumers/intake.batch-handler';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { DigitizationMetrics } from './digitization-metrics';
import type { DigitizationConfig } from './digitization.config';
import { foldBackFacts } from './persistence/documents-fold-back';
import type { DocumentsFields } from './persistence/documents.mapper';
import { DOCUMENT_COLLECTION, MongoDocuments } from './persistence/mongo-documents';
import { ShowDocuments } from './queries/show-documents';

const INTAKE_GROUP = 'digitization.intake';
const REFERENCE_GROUP = 'digitization.reference';

/** Everything of the service that runs, put together: the only place that knows ports and adapters. */
export class DigitizationRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly consumers: readonly BatchConsumer[],
    readonly relay: Relay,
    readonly useCases: {
      readonly commandDocuments: CommandDocuments;
      readonly showDocuments: ShowDocuments;
      readonly scope: UnitScope;
      readonly metrics: DigitizationMetrics;
    },
    private readonly watermarks: WatermarkTicker,
    readonly publisher: Publisher,
    private readonly deadLetters: Publisher,
    readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database and loads the reference; nothing runs before `start`. */
  static async open(config: DigitizationConfig, log: Logger, metrics: Metrics): Promise<DigitizationRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(kafkaConfig(config), log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);
    const slots = config.topicPartitions;

    const relay = new Relay(database, {
      name: 'digitization', outboxes: [{ collection: DOCUMENT_COLLECTION }], slots, sender: publisher,
      overdueMs: config.outboxAlarmMs, log, metrics,
    });
    const store = new AggregateStore<DocumentsFields>(database, {
      collection: DOCUMENT_COLLECTION,
      slotOf: (id) => partitionOf(id, slots),
      onSaved: (saved, from) => relay.wake(saved, from),
    });
    const documents = new MongoDocuments(store);
    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    await ensureIndexes(database, [...documents.indexes, ...referenceCollection.indexes]);
    const referenceCache = new ReferenceCache(referenceCollection, { log });
    await referenceCache.start();

    const admin = new TopicAdmin(kafka);
    const reconciliation = new Reconciliation(database, {
      service: 'digitization', slots, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'digitization', patienceMs: 5_000 }),
      topics: [foldBack({ topic: documentTopic, store, foldBack: foldBackFacts })],
      verifyTopics: () => admin.verify(topicPlan(slots)),
      onRestored: () => Promise.all([INTAKE_GROUP, REFERENCE_GROUP].map((group) => admin.forgetPositions(group))),
    });

    const clock = { now: () => database.now() };
    const units = new UnitTree(new CachedVersions<UnitVersioned>(referenceCache, 'unit'), versionInForce);
    const digitizationMetrics = new DigitizationMetrics(metrics);
    const consumerOf = (group: string, handler: BatchHandler<unknown, unknown>) => new BatchConsumer({
      client: kafka, group, handlers: [handler], deadLetters, classify: (error) => (isDatabaseAway(error) ? 'away' : undefined), metrics,
    });
    return new DigitizationRuntime(
      database,
      referenceCache,
      [
        consumerOf(REFERENCE_GROUP, new ReferenceBatchHandler(new MongoReference(referenceCollection), REFERENCE_TOPICS)),
        consumerOf(INTAKE_GROUP, new IntakeBatchHandler(documents, (newFacts) => digitizationMetrics.pushesTaken(newFacts))),
      ],
      relay,
      {
        commandDocuments: new CommandDocuments(documents, clock),
        showDocuments: new ShowDocuments(documents, clock),
        scope: new UnitScope(units, clock),
        metrics: digitizationMetrics,
      },
      new WatermarkTicker(database, {
        relay, everyMs: config.watermarkIntervalMs, afterTick: (ticked) => reconciliation.record(ticked), log,
        sender: new WatermarkPublisher({ sender: publisher, producer: 'digitization', topics: [documentTopic.name] }),
      }),
      publisher,
      deadLetters,
      reconciliation,
    );
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.watermarks.start();
  }

  /** After requests and consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await Promise.all([this.watermarks.stop(), this.referenceCache.stop()]);
    const isLast = this.relay.isAlone();
    await this.relay.stop();
    if (isLast) await this.reconciliation.recordStop();
    await Promise.all([this.publisher.close(), this.deadLetters.close()]);
    await this.database.close();
  }
}

/** A wrong number of partitions would put records where nobody looks for them. */
function topicPlan(partitions: number): readonly TopicPlan[] {
  const reference = REFERENCE_TOPICS.map(({ topic }) => topic);
  return planTopics(
    {
      topics: [documentTopic, dossierTopic, intakeTopic, ...reference],
      groups: [
        { group: INTAKE_GROUP, topics: [intakeTopic.name, dossierTopic.name] },
        { group: REFERENCE_GROUP, topics: reference.map(({ name }) => name) },
      ],
    },
    { dossierPartitions: partitions, replication: 1 },
  );
}

function kafkaConfig({ kafka: { brokers, clientId, username, password } }: DigitizationConfig) {
  const sasl = username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  return { brokers, clientId, sasl };
}
