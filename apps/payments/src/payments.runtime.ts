import type { OnApplicationShutdown } from '@nestjs/common';
import { versionInForce, type UnitVersioned } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import { paymentTopic } from '@index766/contracts-payments';
import {
  BatchConsumer, Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, partitionOf, planTopics, type BatchHandler,
  type TopicPlan,
} from '@index766/platform-kafka';
import {
  AggregateStore, Reconciliation, ReferenceCache, ReferenceCollection, Relay, WatermarkTicker, ensureIndexes, foldBack, isDatabaseAway,
  openMongo, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import {
  CachedVersions, MongoReference, REFERENCE_COLLECTION, ReferenceBatchHandler, UnitScope, UnitTree, tellMissingVersions, type ReferenceContent,
} from '@index766/platform-reference';
import { CommandPayments } from './application/command-payments';
import { TakeProviderEvent } from './application/take-provider-event';
import { IntakeBatchHandler } from './consumers/intake.batch-handler';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { ProviderKeys } from './http/provider.guard';
import { ParkedCountTicker } from './parked-count-ticker';
import { PaymentMetrics } from './payment-metrics';
import type { PaymentsConfig } from './payments.config';
import { MongoPayments, PAYMENT_COLLECTION } from './persistence/mongo-payments';
import { foldBackPayments } from './persistence/payments-fold-back';
import type { PaymentsFields } from './persistence/payments.mapper';
import { parseProviders } from './providers/payment-providers';
import { ParkedEvents } from './queries/parked-events';
import { ShowPayments } from './queries/show-payments';

export const INTAKE_GROUP = 'payments.intake';
const REFERENCE_GROUP = 'payments.reference';

/** Everything of the service that runs, put together: the only place that knows ports and adapters. */
export class PaymentsRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly consumers: readonly BatchConsumer[],
    readonly relay: Relay,
    readonly useCases: {
      readonly commandPayments: CommandPayments;
      readonly takeProviderEvent: TakeProviderEvent;
      readonly showPayments: ShowPayments;
      readonly parkedEvents: ParkedEvents;
      readonly scope: UnitScope;
      readonly providerKeys: ProviderKeys;
      readonly metrics: PaymentMetrics;
    },
    private readonly tickers: { readonly watermarks: WatermarkTicker; readonly parkedCount: ParkedCountTicker },
    readonly publisher: Publisher,
    private readonly deadLetters: Publisher,
    readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database and loads the reference; nothing runs before `start`. */
  static async open(config: PaymentsConfig, log: Logger, metrics: Metrics): Promise<PaymentsRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(kafkaConfig(config), log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);
    const slots = config.topicPartitions;

    const relay = new Relay(database, {
      name: 'payments', outboxes: [{ collection: PAYMENT_COLLECTION }], slots, sender: publisher,
      overdueMs: config.outboxAlarmMs, log, metrics,
    });
    const store = new AggregateStore<PaymentsFields>(database, {
      collection: PAYMENT_COLLECTION,
      slotOf: (id) => partitionOf(id, slots),
      onSaved: (saved, from) => relay.wake(saved, from),
    });
    const payments = new MongoPayments(store, database);
    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    await ensureIndexes(database, [...payments.indexes, ...referenceCollection.indexes]);
    const referenceCache = new ReferenceCache(referenceCollection, { log });
    await referenceCache.start();
    tellMissingVersions(metrics, referenceCache, REFERENCE_TOPICS);

    const admin = new TopicAdmin(kafka);
    const reconciliation = new Reconciliation(database, {
      service: 'payments', slots, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'payments', patienceMs: 5_000 }),
      topics: [foldBack({ topic: paymentTopic, store, foldBack: foldBackPayments })],
      verifyTopics: () => admin.verify(topicPlan(slots)),
      onRestored: async () => {
        for (const group of [REFERENCE_GROUP, INTAKE_GROUP]) await admin.forgetPositions(group);
      },
    });

    const clock = { now: () => database.now() };
    const units = new UnitTree(new CachedVersions<UnitVersioned>(referenceCache, 'unit'), versionInForce);
    const paymentMetrics = new PaymentMetrics(metrics);
    const consumerOf = (group: string, handler: BatchHandler<unknown, unknown>) => new BatchConsumer({
      client: kafka, group, handlers: [handler], deadLetters, classify: (error) => (isDatabaseAway(error) ? 'away' : undefined), metrics,
    });
    return new PaymentsRuntime(
      database,
      referenceCache,
      [
        consumerOf(REFERENCE_GROUP, new ReferenceBatchHandler(new MongoReference(referenceCollection), REFERENCE_TOPICS)),
        consumerOf(INTAKE_GROUP, new IntakeBatchHandler(payments, (newFacts) => paymentMetrics.pushesTaken(newFacts))),
      ],
      relay,
      {
        commandPayments: new CommandPayments(payments, clock),
        takeProviderEvent: new TakeProviderEvent(payments, clock, config.eventToleranceMs),
        showPayments: new ShowPayments(payments, clock),
        parkedEvents: new ParkedEvents(payments),
        scope: new UnitScope(units, clock),
        // The configuration was checked: the list is of its form.
        providerKeys: new ProviderKeys(parseProviders(config.providers.reveal()) ?? [], clock, config.eventToleranceMs),
        metrics: paymentMetrics,
      },
      {
        watermarks: new WatermarkTicker(database, {
          relay, everyMs: config.watermarkIntervalMs, afterTick: (ticked) => reconciliation.record(ticked), log,
          sender: new WatermarkPublisher({ sender: publisher, producer: 'payments', topics: [paymentTopic.name] }),
        }),
        parkedCount: new ParkedCountTicker(payments, paymentMetrics, log),
      },
      publisher,
      deadLetters,
      reconciliation,
    );
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.tickers.watermarks.start();
    this.tickers.parkedCount.start();
  }

  /** After requests and consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await Promise.all([this.tickers.parkedCount.stop(), this.tickers.watermarks.stop(), this.referenceCache.stop()]);
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
      topics: [paymentTopic, dossierTopic, intakeTopic, ...reference],
      groups: [
        { group: INTAKE_GROUP, topics: [intakeTopic.name, dossierTopic.name] },
        { group: REFERENCE_GROUP, topics: reference.map(({ name }) => name) },
      ],
    },
    { dossierPartitions: partitions, replication: 1 },
  );
}

function kafkaConfig({ kafka: { brokers, clientId, username, password } }: PaymentsConfig) {
  const sasl = username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  return { brokers, clientId, sasl };
}
