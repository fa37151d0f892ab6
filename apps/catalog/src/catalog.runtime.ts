import type { OnApplicationShutdown } from '@nestjs/common';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { officerSeenTopic } from '@index766/contracts-dossiers';
import {
  BatchConsumer, Publisher, TopicAdmin, TopicReader, WatermarkPublisher, createKafkaClient, planTopics, type TopicPlan,
} from '@index766/platform-kafka';
import {
  Reconciliation, Relay, WatermarkTicker, ensureIndexes, foldBack, isDatabaseAway, openMongo, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';

import type { CatalogConfig } from './catalog.config';
import { OnOfficerSeen } from './consumers/on-officer-seen.consumer';
import type { CalendarContent } from './domain/calendar';
import type { ProcedureContent } from './domain/procedure';
import type { FigureContent } from './domain/reported-figure';
import type { UnitContent } from './domain/unit';
import { foldBackOfficer } from './persistence/officer-fold-back';
import { MongoOfficerRepository } from './persistence/mongo-officer-repository';
import { MongoReferenceRepository } from './persistence/mongo-reference-repository';
import { foldBackCalendar, foldBackFigure, foldBackProcedure, foldBackUnit } from './persistence/version-fold-back';
import { toCalendarRecord, toFigureRecord, toProcedureRecord, toUnitRecord } from './publishing/reference-records';

/** Reference topics have one partition. */
const SLOTS = 1;

const OWN_TOPICS = [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic];

/** What runs in the catalog beside its endpoints: database, relay, watermarks, consumer. */
export class CatalogRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly units: MongoReferenceRepository<UnitContent>,
    readonly procedures: MongoReferenceRepository<ProcedureContent>,
    readonly calendars: MongoReferenceRepository<CalendarContent>,
    readonly figures: MongoReferenceRepository<FigureContent>,
    readonly officers: MongoOfficerRepository,
    readonly relay: Relay,
    readonly consumer: BatchConsumer,
    private readonly watermarks: WatermarkTicker,
    readonly publisher: Publisher,
    private readonly deadLetters: Publisher,
    readonly reconciliation: Reconciliation,
  ) {}

  /** Opens the database and creates its indexes; nothing is sent or consumed before `start`. */
  static async open(config: CatalogConfig, log: Logger, metrics: Metrics): Promise<CatalogRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const kafka = createKafkaClient(kafkaConfig(config), log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);

    // Repositories wake the relay that carries what they saved, and exist before it.
    const onSaved = (slots: ReadonlySet<number>, collection: string): void => relay.wake(slots, collection);
    const units = new MongoReferenceRepository<UnitContent>(database, {
      collection: 'units', toRecord: toUnitRecord, listedBy: ['parent'], onSaved,
    });
    const procedures = new MongoReferenceRepository<ProcedureContent>(database, {
      collection: 'procedures', toRecord: toProcedureRecord, listedBy: [], onSaved,
    });
    const calendars = new MongoReferenceRepository<CalendarContent>(database, {
      collection: 'calendars', toRecord: toCalendarRecord, listedBy: [], onSaved,
    });
    const figures = new MongoReferenceRepository<FigureContent>(database, {
      collection: 'reported-figures', toRecord: toFigureRecord, listedBy: [], onSaved,
    });
    const officers = new MongoOfficerRepository(database, onSaved);
    const repositories = [units, procedures, calendars, figures, officers];
    const relay = new Relay(database, {
      name: 'catalog', outboxes: repositories.map(({ store }) => store.outbox), slots: SLOTS, sender: publisher,
      overdueMs: config.outboxAlarmMs, log, metrics,
    });
    await ensureIndexes(database, repositories.flatMap(({ indexes }) => indexes));

    const admin = new TopicAdmin(kafka);
    const reconciliation = new Reconciliation(database, {
      service: 'catalog', slots: SLOTS, log, ignoredRecords: new Set(config.ignoredRecords),
      source: new TopicReader({ client: kafka, group: 'catalog', patienceMs: 5_000 }),
      topics: [
        foldBack({ topic: unitTopic, store: units.store, foldBack: foldBackUnit }),
        foldBack({ topic: procedureTopic, store: procedures.store, foldBack: foldBackProcedure }),
        foldBack({ topic: calendarTopic, store: calendars.store, foldBack: foldBackCalendar }),
        foldBack({ topic: reportedFigureTopic, store: figures.store, foldBack: foldBackFigure }),
        foldBack({ topic: officerTopic, store: officers.store, foldBack: foldBackOfficer }),
      ],
      verifyTopics: () => admin.verify(topicPlan(config.officersGroup)),
      onRestored: () => admin.forgetPositions(config.officersGroup),
    });

    const topics = OWN_TOPICS.map(({ name }) => name);
    const watermarks = new WatermarkTicker(database, {
      relay, sender: new WatermarkPublisher({ sender: publisher, producer: 'catalog', topics }), everyMs: config.watermarkIntervalMs,
      afterTick: (ticked) => reconciliation.record(ticked), log,
    });
    const consumer = new BatchConsumer({
      client: kafka,
      group: config.officersGroup,
      handlers: [new OnOfficerSeen(officers)],
      deadLetters,
      classify: (error) => (isDatabaseAway(error) ? 'away' : undefined),
      metrics,
    });
    return new CatalogRuntime(
      database, units, procedures, calendars, figures, officers, relay, consumer, watermarks, publisher, deadLetters, reconciliation,
    );
  }

  async start(): Promise<void> {
    await this.relay.start();
    this.watermarks.start();
  }

  /** After the consumer has drained and requests have ended: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    this.reconciliation.stop();
    await this.watermarks.stop();
    const isLast = this.relay.isAlone();
    await this.relay.stop();
    if (isLast) await this.reconciliation.recordStop();
    await Promise.all([this.publisher.close(), this.deadLetters.close()]);
    await this.database.close();
  }
}

/** The topic of officers seen has as many partitions as `dossiers` gave it: that is not catalog's to judge. */
function topicPlan(officersGroup: string): readonly TopicPlan[] {
  const deadLetters = { group: officersGroup, topics: [officerSeenTopic.name] };
  return planTopics({ topics: [...OWN_TOPICS, officerSeenTopic], groups: [deadLetters] }, { dossierPartitions: SLOTS, replication: 1 })
    .filter(({ name }) => name !== officerSeenTopic.name);
}

function kafkaConfig({ kafka: { brokers, clientId, username, password } }: CatalogConfig) {
  const sasl = username === undefined || password === undefined ? undefined : { username, password: password.reveal() };
  return { brokers, clientId, sasl };
}
