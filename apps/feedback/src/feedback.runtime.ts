import { createSecretKey } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { CalendarVersioned, UnitVersioned } from '@index766/contracts-catalog';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import {
  BatchConsumer, Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, partitionOf, planTopics, type TopicPlan,
} from '@index766/platform-kafka';
import {
  AggregateStore, Reconciliation, ReferenceCache, ReferenceCollection, Relay, WatermarkTicker, ensureIndexes, foldBack, isDatabaseAway,
  openMongo, type AggregateStoreOptions, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';
import {
  CachedVersions, MongoReference, REFERENCE_COLLECTION, ReferenceBatchHandler, UnitScope, tellMissingVersions, type ReferenceContent,
} from '@index766/platform-reference';
import { CommandPetition } from './application/command-petition';
import { CommandRating } from './application/command-rating';
import { KeepSurveys } from './application/keep-surveys';
import { SettleLinks } from './application/settle-links';
import { SpeakByToken } from './application/speak-by-token';
import { REFERENCE_TOPICS } from './consumers/reference-topics';
import type { PetitionRules } from './domain/petition-command';
import { FeedbackMetrics } from './feedback-metrics';
import type { FeedbackConfig } from './feedback.config';
import { RatingTokens } from './http/rating-tokens';
import { WordLimit } from './http/word-limit.guard';
import { LinkTicker } from './link-ticker';
import { foldBackFeedback, foldBackPetition } from './persistence/feedback-fold-back';
import type { FeedbackFields } from './persistence/feedback.mapper';
import { FEEDBACK_COLLECTION, mongoFeedbacks } from './persistence/mongo-feedbacks';
import { MongoPetitions, PETITION_COLLECTION } from './persistence/mongo-petitions';
import { MongoSurveys } from './persistence/mongo-surveys';
import type { PetitionFields } from './persistence/petition.mapper';
import { Calendars } from './queries/calendars';
import { ShowFeedback } from './queries/show-feedback';
import { ShowPetitions } from './queries/show-petitions';
import { ShowSurvey } from './queries/show-survey';

const OWN_TOPICS = [dossierFeedbackTopic, petitionTopic];
const REFERENCE_GROUP = 'feedback.reference';

/** Everything of the service that runs, put together: the only place that knows ports and adapters. */
export class FeedbackRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly consumer: BatchConsumer,
    readonly relay: Relay,
    readonly useCases: {
      readonly commandRating: CommandRating;
      readonly commandPetition: CommandPetition;
      readonly speakByToken: SpeakByToken;
      readonly keepSurveys: KeepSurveys;
      readonly showFeedback: ShowFeedback;
      readonly showPetitions: ShowPetitions;
      readonly showSurvey: ShowSurvey;
      readonly scope: UnitScope;
      readonly tokens: RatingTokens;
      readonly wordLimit: WordLimit;
      readonly rules: PetitionRules;
      readonly metrics: FeedbackMetrics;
    },
    private readonly tickers: { readonly watermarks: WatermarkTicker; readonly links: LinkTicker },
    readonly publisher: Publisher,
    private readonly deadLetters: Publisher,
    readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database and loads the reference; nothing runs before `start`. */
  static async open(config: FeedbackConfig, log: Logger, metrics: Metrics): Promise<FeedbackRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(kafkaConfig(config), log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);
    const slots = config.topicPartitions;

    const relay = new Relay(database, {
      name: 'feedback', outboxes: [{ collection: FEEDBACK_COLLECTION }, { collection: PETITION_COLLECTION }], slots,
      sender: publisher, overdueMs: config.outboxAlarmMs, log, metrics,
    });
    const storeOptions = (collection: string): AggregateStoreOptions => ({
      collection,
      slotOf: (id) => partitionOf(id, slots),
      onSaved: (saved, from) => relay.wake(saved, from),
    });
    const feedbackStore = new AggregateStore<FeedbackFields>(database, storeOptions(FEEDBACK_COLLECTION));
    const petitionStore = new AggregateStore<PetitionFields>(database, storeOptions(PETITION_COLLECTION));
    const feedbacks = mongoFeedbacks(feedbackStore, database);
    const petitions = new MongoPetitions(petitionStore, database);
    const surveys = new MongoSurveys(database);
    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    await ensureIndexes(database, [...feedbacks.indexes, ...petitions.indexes, ...referenceCollection.indexes]);
    const referenceCache = new ReferenceCache(referenceCollection, { log });
    await referenceCache.start();
    tellMissingVersions(metrics, referenceCache, REFERENCE_TOPICS);

    const admin = new TopicAdmin(kafka);
    const reconciliation = new Reconciliation(database, {
      service: 'feedback', slots, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'feedback', patienceMs: 5_000 }),
      topics: [
        foldBack({ topic: dossierFeedbackTopic, store: feedbackStore, foldBack: foldBackFeedback }),
        foldBack({ topic: petitionTopic, store: petitionStore, foldBack: foldBackPetition }),
      ],
      verifyTopics: () => admin.verify(topicPlan(slots)),
      onRestored: () => admin.forgetPositions(REFERENCE_GROUP),
    });

    const clock = { now: () => database.now() };
    const calendars = new Calendars(
      new CachedVersions<UnitVersioned>(referenceCache, 'unit'), new CachedVersions<CalendarVersioned>(referenceCache, 'calendar'), config.calendarId,
    );
    const rules: PetitionRules = { isKnownUnit: (unit) => calendars.isKnownUnit(unit, clock.now()), changeWithinMs: config.changeWithinMs };
    const settleLinks = new SettleLinks(feedbacks, petitions);
    const feedbackMetrics = new FeedbackMetrics(metrics);
    return new FeedbackRuntime(
      database,
      referenceCache,
      new BatchConsumer({
        client: kafka, group: REFERENCE_GROUP, handlers: [new ReferenceBatchHandler(new MongoReference(referenceCollection), REFERENCE_TOPICS)], deadLetters,
        classify: (error) => (isDatabaseAway(error) ? 'away' : undefined), metrics,
      }),
      relay,
      {
        commandRating: new CommandRating(feedbacks, clock),
        commandPetition: new CommandPetition(petitions, settleLinks, clock),
        speakByToken: new SpeakByToken(feedbacks, petitions, clock, rules),
        keepSurveys: new KeepSurveys(surveys, clock),
        showFeedback: new ShowFeedback(feedbacks, clock),
        showPetitions: new ShowPetitions(petitions, calendars, clock),
        showSurvey: new ShowSurvey(surveys),
        scope: new UnitScope(calendars, clock),
        tokens: new RatingTokens(createSecretKey(Buffer.from(config.tokenKey.reveal()))),
        wordLimit: new WordLimit(config.ratingsPerMinute, () => performance.now()),
        rules,
        metrics: feedbackMetrics,
      },
      {
        watermarks: new WatermarkTicker(database, {
          relay, everyMs: config.watermarkIntervalMs, afterTick: (ticked) => reconciliation.record(ticked), log,
          sender: new WatermarkPublisher({ sender: publisher, producer: 'feedback', topics: OWN_TOPICS.map(({ name }) => name) }),
        }),
        links: new LinkTicker(settleLinks, feedbackMetrics, log),
      },
      publisher,
      deadLetters,
      reconciliation,
    );
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.tickers.watermarks.start();
    this.tickers.links.start();
  }

  /** After requests and consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await Promise.all([this.tickers.links.stop(), this.tickers.watermarks.stop(), this.referenceCache.stop()]);
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

function kafkaConfig({ kafka: { brokers, clientId, username, password } }: FeedbackConfig) {
  const sasl = username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  return { brokers, clientId, sasl };
}
