import type { OnApplicationShutdown } from '@nestjs/common';
import { placeOf } from '@index766/index-766';
import { localDayOf, type Instant, type Period } from '@index766/kernel';
import {
  BatchConsumer, Publisher, createKafkaClient, type BatchHandler, type FailureClassifier, type KafkaClient,
} from '@index766/platform-kafka';
import {
  ReferenceCache, ReferenceCollection, ensureIndexes, isDatabaseAway, openMongo, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { INDEX_METRICS } from './index-metrics';
import { DossierQueries, LateOfficerQueries, UnitViews } from './lateness';
import { LEDGER_INDEXES, MongoLedger } from './ledger/adapters/mongo-ledger';
import { LedgerBatchHandler } from './ledger';
import { MeasureKeeper, MeasureQueries, livePeriods, measureUnitBy } from './measures';
import { MongoPartialMeasures, PARTIAL_MEASURES_INDEXES } from './measures/adapters/mongo-partial-measures';
import { MinuteTicker } from './measures/adapters/minute-ticker';
import { Reference, ReferenceBatchHandler } from './reference';
import { CachedReferenceRecords } from './reference/adapters/cached-reference-records';
import { MongoReferenceStore, REFERENCE_COLLECTION, type ReferenceContent } from './reference/adapters/mongo-reference';
import { MarkBatchHandler, ScoreKeeper, ScoreQueries, rootOf, spacedTurns } from './scores';
import { KafkaMarks } from './scores/adapters/kafka-marks';
import { MongoScores } from './scores/adapters/mongo-scores';

/** Everything of the aggregator that runs, put together: the only place that knows ports and adapters. */
export class AggregatorRuntime implements OnApplicationShutdown {
  private constructor(
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly reference: Reference,
    readonly consumers: readonly BatchConsumer[],
    readonly scoreQueries: ScoreQueries,
    readonly lateOfficerQueries: LateOfficerQueries,
    readonly dossierQueries: DossierQueries,
    private readonly ticker: MinuteTicker,
    private readonly publishers: readonly Publisher[],
  ) {}

  /** Opens the database and loads the reference; consumers are built and join their groups when the application starts. */
  static async open(config: AggregatorConfig, log: Logger, metrics: Metrics): Promise<AggregatorRuntime> {
    const database = await openMongo(config.mongo, { log, metrics });
    const now = (): Instant => database.now();
    const livePeriodsNow = (): readonly Period[] => livePeriods(now(), config.keptEndedDays);

    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    await ensureIndexes(database, [...referenceCollection.indexes, ...LEDGER_INDEXES, ...PARTIAL_MEASURES_INDEXES]);
    // The cache tells of changes before the keeper that wants to hear of them can be built.
    let referenceChanged = (): void => undefined;
    const referenceCache = new ReferenceCache(referenceCollection, { log, onChange: () => referenceChanged() });
    const reference = new Reference(new CachedReferenceRecords(referenceCache));
    const treeOn = reference.treeOn.bind(reference);

    const kafka = createKafkaClient(config.kafka, log);
    const publisher = new Publisher({ client: kafka, metrics });
    const deadLetters = new Publisher({ client: kafka, metrics });

    const ledger = new MongoLedger(database);
    const partials = new MongoPartialMeasures(database);
    const scores = new MongoScores(database);
    const marks = new KafkaMarks({
      sender: publisher, now, rootOf: (unit) => rootOf(treeOn(localDayOf(now())), unit),
    });
    const measureUnit = measureUnitBy((unit, day) => reference.calendarOf(unit, day));
    const measureKeeper = new MeasureKeeper({ ledger, partials, marks, measureUnit, now, endedDays: config.keptEndedDays });
    const scoreKeeper = new ScoreKeeper({ partials, scores, treeOn, periods: () => livePeriodsNow().map(({ name }) => name) });
    const { dossiers, unknownUnitDossiers } = metrics.of(INDEX_METRICS);
    const tick = async (): Promise<void> => {
      await measureKeeper.tick();
      const tree = treeOn(localDayOf(now()));
      const unknown = [...measureKeeper.dossiersByUnit()].filter(([unit]) => !tree.nodes.has(placeOf(tree, unit)));
      dossiers.set({}, measureKeeper.ownedDossiers());
      unknownUnitDossiers.set({}, unknown.reduce((sum, [, count]) => sum + count, 0));
    };
    const ticker = new MinuteTicker({ tick, remeasure: () => measureKeeper.remeasure(), now, log });
    referenceChanged = () => {
      scoreKeeper.forget();
      ticker.remeasureSoon();
    };
    await referenceCache.start();

    const measures = new MeasureQueries(measureKeeper, ledger, measureUnit);
    const views = new UnitViews({ measures, partials, treeOn, now });
    const consumerOf = consumersOn(kafka, deadLetters, metrics);
    return new AggregatorRuntime(
      database,
      referenceCache,
      reference,
      [
        consumerOf('aggregator.reference', new ReferenceBatchHandler(new MongoReferenceStore(referenceCollection))),
        consumerOf('aggregator.ledger', new LedgerBatchHandler(ledger, measureKeeper)),
        consumerOf('aggregator.scores', new MarkBatchHandler(scoreKeeper, spacedTurns(config.mergeGapMs))),
      ],
      new ScoreQueries({
        scores, partials, measures, treeOn, now,
        dailyMinutesOf: (unit, day) => reference.calendarOf(unit, day).dailyMinutesOn(day),
        isLive: (period) => livePeriodsNow().some(({ name }) => name === period.name),
      }),
      new LateOfficerQueries(views, reference),
      new DossierQueries(views),
      ticker,
      [publisher, deadLetters],
    );
  }

  start(): void {
    this.ticker.start();
  }

  /** After the consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    await this.ticker.stop();
    await this.referenceCache.stop();
    await Promise.all(this.publishers.map((publisher) => publisher.close()));
    await this.database.close();
  }
}

function consumersOn(client: KafkaClient, deadLetters: Publisher, metrics: Metrics) {
  const classify: FailureClassifier = (error) => (isDatabaseAway(error) ? 'away' : undefined);
  return <Item, Doc>(group: string, handler: BatchHandler<Item, Doc>): BatchConsumer =>
    new BatchConsumer({ client, group, handlers: [handler], deadLetters, classify, metrics });
}
