import { createSecretKey, randomUUID } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { CalendarVersioned, UnitVersioned } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import {
  BatchConsumer, Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, partitionOf, planTopics,
  type TopicPlan,
} from '@index766/platform-kafka';
import {
  AggregateStore, FencedDocuments, Reconciliation, ReferenceCache, ReferenceCollection, Relay, WatermarkTicker, ensureIndexes,
  foldBack, isDatabaseAway, openMongo, type AggregateStoreOptions, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import {
  CachedVersions, KnownRecords, MongoReference, REFERENCE_COLLECTION, ReferenceBatchHandler, UnitScope, sharingValues, tellMissingVersions,
  type ReferenceContent,
} from '@index766/platform-reference';
import { CommandDossier } from './application/command-dossier';
import { Reference, type ProcedureTerms } from './application/reference';
import { ReviewDueDates } from './application/review-due-dates';
import { TakePush } from './application/take-push';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import { DossierMetrics } from './dossier-metrics';
import type { DossiersConfig } from './dossiers.config';
import { DueReviewTicker } from './due-review-ticker';
import { OfficerPseudonyms } from './intake/officer-pseudonyms';
import { foldBackFacts, foldBackIntake } from './persistence/dossier-fold-back';
import type { DossierFields } from './persistence/dossier.mapper';
import { DOSSIER_COLLECTION, MongoDossiers } from './persistence/mongo-dossiers';
import { MongoDueMoves } from './persistence/mongo-due-moves';
import { MongoMovingDossiers, MongoReviewProgress, REVIEW_COLLECTION, type ReviewContent } from './persistence/mongo-due-review';
import { MongoSeenOfficers, OFFICER_COLLECTION, foldBackOfficers, type OfficerFields } from './persistence/mongo-seen-officers';
import { DueDateChanges } from './queries/due-date-changes';
import { ShowDossier } from './queries/show-dossier';

const OWN_TOPICS = [dossierTopic, intakeTopic, officerSeenTopic];
const REFERENCE_GROUP = 'dossiers.reference';

/** Everything of the service that runs, put together: the only place that knows ports and adapters. */
export class DossiersRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly consumer: BatchConsumer,
    readonly relay: Relay,
    readonly useCases: {
      readonly takePush: TakePush;
      readonly commandDossier: CommandDossier;
      readonly showDossier: ShowDossier;
      readonly dueDateChanges: DueDateChanges;
      readonly scope: UnitScope;
      readonly pseudonyms: OfficerPseudonyms;
      readonly metrics: DossierMetrics;
    },
    private readonly tickers: { readonly watermarks: WatermarkTicker; readonly dueReview: DueReviewTicker },
    readonly publisher: Publisher,
    private readonly deadLetters: Publisher,
    readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database and loads the reference; nothing runs before `start`. */
  static async open(config: DossiersConfig, log: Logger, metrics: Metrics): Promise<DossiersRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(kafkaConfig(config), log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);
    const slots = config.topicPartitions;

    const relay = new Relay(database, {
      name: 'dossiers', outboxes: [{ collection: OFFICER_COLLECTION }, { collection: DOSSIER_COLLECTION }], slots,
      sender: publisher, overdueMs: config.outboxAlarmMs, log, metrics,
    });
    const storeOptions = (collection: string): AggregateStoreOptions => ({
      collection,
      slotOf: (id) => partitionOf(id, slots),
      onSaved: (saved, from) => relay.wake(saved, from),
    });
    const dossierStore = new AggregateStore<DossierFields>(database, storeOptions(DOSSIER_COLLECTION));
    const officerStore = new AggregateStore<OfficerFields>(database, storeOptions(OFFICER_COLLECTION));

    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    const dossiers = new MongoDossiers(dossierStore);
    await ensureIndexes(database, [...dossiers.indexes, ...officerStore.indexes, ...referenceCollection.indexes]);
    const referenceCache = new ReferenceCache(sharingValues(referenceCollection), { log });
    await referenceCache.start();
    tellMissingVersions(metrics, referenceCache, REFERENCE_TOPICS);
    const reference = referenceOf(referenceCache, config.calendarId);

    const admin = new TopicAdmin(kafka);
    const reconciliation = new Reconciliation(database, {
      service: 'dossiers', slots, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'dossiers', patienceMs: 5_000 }),
      topics: [
        foldBack({ topic: officerSeenTopic, store: officerStore, foldBack: foldBackOfficers }),
        foldBack({ topic: dossierTopic, store: dossierStore, foldBack: foldBackFacts }),
        foldBack({ topic: intakeTopic, store: dossierStore, foldBack: foldBackIntake }),
      ],
      verifyTopics: () => admin.verify(topicPlan(slots)),
      onRestored: () => admin.forgetPositions(REFERENCE_GROUP),
    });

    const clock = { now: () => database.now() };
    const officers = new MongoSeenOfficers(officerStore);
    const dossierMetrics = new DossierMetrics(metrics);
    const review = new ReviewDueDates(
      dossiers, new MongoMovingDossiers(database),
      new MongoReviewProgress(new FencedDocuments<ReviewContent>(database, REVIEW_COLLECTION)), reference, clock, randomUUID(),
    );
    return new DossiersRuntime(
      database,
      referenceCache,
      new BatchConsumer({
        client: kafka, group: REFERENCE_GROUP, handlers: [new ReferenceBatchHandler(new MongoReference(referenceCollection), REFERENCE_TOPICS)], deadLetters,
        classify: (error) => (isDatabaseAway(error) ? 'away' : undefined), metrics,
      }),
      relay,
      {
        takePush: new TakePush(dossiers, officers, reference, clock),
        commandDossier: new CommandDossier(dossiers, officers, reference, clock),
        showDossier: new ShowDossier(dossiers, reference, clock),
        dueDateChanges: new DueDateChanges(new MongoDueMoves(database)),
        scope: new UnitScope(reference, clock),
        pseudonyms: new OfficerPseudonyms(createSecretKey(Buffer.from(config.pseudonymKey.reveal()))),
        metrics: dossierMetrics,
      },
      {
        watermarks: new WatermarkTicker(database, {
          relay, everyMs: config.watermarkIntervalMs, afterTick: (ticked) => reconciliation.record(ticked), log,
          sender: new WatermarkPublisher({ sender: publisher, producer: 'dossiers', topics: OWN_TOPICS.map(({ name }) => name) }),
        }),
        dueReview: new DueReviewTicker(review, dossierMetrics, log),
      },
      publisher,
      deadLetters,
      reconciliation,
    );
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.tickers.watermarks.start();
    this.tickers.dueReview.start();
  }

  /** After requests and consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await Promise.all([this.tickers.dueReview.stop(), this.tickers.watermarks.stop(), this.referenceCache.stop()]);
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
    { topics: [...OWN_TOPICS, ...reference], groups: [{ group: REFERENCE_GROUP, topics: reference.map(({ name }) => name) }] },
    { dossierPartitions: partitions, replication: 1 },
  );
}

function kafkaConfig({ kafka: { brokers, clientId, username, password } }: DossiersConfig) {
  const sasl = username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  return { brokers, clientId, sasl };
}

function referenceOf(cache: ReferenceCache<ReferenceContent>, calendarId: string): Reference {
  const known = new KnownRecords(cache);
  const sources = {
    units: new CachedVersions<UnitVersioned>(cache, 'unit'),
    procedures: new CachedVersions<ProcedureTerms>(cache, 'procedure'),
    calendars: new CachedVersions<CalendarVersioned>(cache, 'calendar'),
    get knownRecords() {
      return known.count;
    },
    fresh: () => cache.fresh(),
  };
  return new Reference(sources, calendarId);
}
