import type { OnApplicationShutdown } from '@nestjs/common';
import { decisionTopic, latenessTopic } from '@index766/contracts-aggregator';
import {
  Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, partitionOf, planTopics,
} from '@index766/platform-kafka';
import {
  AggregateStore, Reconciliation, Relay, WatermarkTicker, ensureIndexes, foldBack, openMongo, relayProbe, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics, Probe } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { decisionDatabaseOf } from './decision-database';
import { TakeDecision, type Decisions } from './decisions';
import { foldBackDecisions } from './decisions/adapters/decision-fold-back';
import type { DecisionFields } from './decisions/adapters/decision.document';
import { DECISION_COLLECTION, MongoDecisions } from './decisions/adapters/mongo-decisions';
import { MongoTellings } from './editions/adapters/mongo-tellings';
import type { ToldLatenessStore } from './lateness';
import { MongoToldLateness, TOLD_LATENESS_COLLECTION, TOLD_LATENESS_INDEXES } from './lateness/adapters/mongo-told-lateness';
import { foldBackLateness, type ToldFields } from './lateness/adapters/told-lateness.document';
import type { ProvisionalTellings } from './scores';

/**
 * What runs beside whatever generation serves, decisions and what was told of the lateness of dossiers: its database, relay,
 * watermarks, and the look at its topics at the start.
 */
export class DecisionsRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly decisions: Decisions,
    readonly takeDecision: TakeDecision,
    readonly toldLateness: ToldLatenessStore,
    readonly tellings: ProvisionalTellings,
    readonly relay: Relay,
    private readonly watermarks: WatermarkTicker,
    private readonly publisher: Publisher,
    private readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database; nothing is sent before `start`. */
  static async open(config: AggregatorConfig, log: Logger, metrics: Metrics): Promise<DecisionsRuntime> {
    const database = await openMongo({ ...config.mongo, database: decisionDatabaseOf(config.mongo.database) }, { log, metrics });
    const kafka = createKafkaClient(config.kafka, log);
    const publisher = new Publisher({ client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics });
    const slots = config.topicPartitions;
    const relay = new Relay(database, {
      name: 'aggregator', outboxes: [{ collection: DECISION_COLLECTION }, { collection: TOLD_LATENESS_COLLECTION }], slots, sender: publisher,
      overdueMs: config.outboxAlarmMs, log, metrics,
    });
    const store = new AggregateStore<DecisionFields>(database, {
      collection: DECISION_COLLECTION,
      slotOf: (key) => partitionOf(key, slots),
      onSaved: (saved, from) => relay.wake(saved, from),
    });
    const slotOf = (key: string): number => partitionOf(key, slots);
    const toldStore = new AggregateStore<ToldFields>(database, {
      collection: TOLD_LATENESS_COLLECTION, slotOf, onSaved: (saved, from) => relay.wake(saved, from),
    });
    await ensureIndexes(database, [...store.indexes, ...toldStore.indexes, ...TOLD_LATENESS_INDEXES]);

    const admin = new TopicAdmin(kafka);
    const plan = planTopics({ topics: [decisionTopic, latenessTopic], groups: [] }, { dossierPartitions: slots, replication: 1 });
    const reconciliation = new Reconciliation(database, {
      service: 'aggregator', slots, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'aggregator.decisions', patienceMs: 5_000 }),
      topics: [
        foldBack({ topic: decisionTopic, store, foldBack: foldBackDecisions }),
        foldBack({ topic: latenessTopic, store: toldStore, foldBack: (dossier, told, records) => foldBackLateness(slotOf(dossier), told, records) }),
      ],
      verifyTopics: () => admin.verify(plan),
      // Nothing here follows from another topic.
      onRestored: () => Promise.resolve(),
    });
    const decisions = new MongoDecisions(store, database);
    return new DecisionsRuntime(
      database,
      decisions,
      new TakeDecision(decisions, { now: () => database.now() }),
      new MongoToldLateness({ database, store: toldStore, slotOf }),
      new MongoTellings(database, decisions),
      relay,
      new WatermarkTicker(database, {
        relay, everyMs: config.watermarkIntervalMs, afterTick: (ticked) => reconciliation.record(ticked), log,
        sender: new WatermarkPublisher({ sender: publisher, producer: 'aggregator', topics: [decisionTopic.name, latenessTopic.name] }),
      }),
      publisher,
      reconciliation,
    );
  }

  /** Resolves when the documents have what the topic has, and decisions may be taken. */
  async start(): Promise<void> {
    await this.reconciliation.run();
    await this.relay.start();
    this.watermarks.start();
  }

  readinessProbes(): readonly Probe[] {
    return [this.reconciliation.readinessProbe(), relayProbe(this.relay), this.publisher.readinessProbe()];
  }

  /** After requests have ended: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await this.watermarks.stop();
    const isLast = this.relay.isAlone();
    await this.relay.stop();
    if (isLast) await this.reconciliation.recordStop();
    await this.publisher.close();
    await this.database.close();
  }
}
