import type { CaseView, UnitTree } from '@index766/index-766';
import { localDayOf, type Instant, type LocalDay, type Period, type UnitCode } from '@index766/kernel';
import {
  BatchConsumer, BatchConsumerStrategy, DeadLetters, Publisher, TopicAdmin, TopicReader, createKafkaClient, type BatchHandler,
  type ConsumerLimits, type FailureClassifier, type KafkaClient,
} from '@index766/platform-kafka';
import {
  ReferenceCache, ReferenceCollection, ensureIndexes, isDatabaseAway, mongoProbe, openMongo, referenceProbe, type MongoDatabase,
} from '@index766/platform-mongo';
import type { Logger, Metrics, Probe } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { ExplanationQueries } from './explanations';
import { EditionFigures, type ClosingWatch } from './editions';
import { LogClosingWatch } from './editions/adapters/log-closing-watch';
import { databaseOf, groupIdOf, type Generation } from './generations';
import { INDEX_METRICS } from './index-metrics';
import { IntegrityQueries, ToldFlags } from './integrity';
import type { Decisions } from './decisions';
import { DossierQueries, LateGroupQueries, LateLists, LateOfficerQueries, LatenessTeller, OfficerNaming, TodaysListQueries, UnitViews, type ToldLatenessStore } from './lateness';
import { ARRIVAL_INDEXES, MongoArrivals } from './ledger/adapters/mongo-arrivals';
import { MongoLedger, ledgerIndexes } from './ledger/adapters/mongo-ledger';
import { CASES, LEDGER_LIMITS, LedgerBatchHandler, PETITIONS, SourceBatchHandler, followedInTurn, type KnownPetition } from './ledger';
import {
  MEASURED_CASES, MeasureKeeper, MeasureQueries, livePeriods, measureCasesBy, measurePetitionsBy, measuredPetitionsBy, measureColumnsBy, measureReceivedBy,
} from './measures';
import { MongoPartialMeasures, PARTIAL_MEASURES_INDEXES } from './measures/adapters/mongo-partial-measures';
import { MinuteTicker } from './measures/adapters/minute-ticker';
import { REFERENCE_TOPICS, Reference, ReferenceBatchHandler } from './reference';
import { CachedReferenceRecords } from './reference/adapters/cached-reference-records';
import { MongoReferenceStore, REFERENCE_COLLECTION, type ReferenceContent } from './reference/adapters/mongo-reference';
import { MarkBatchHandler, PlanQueries, RankingQueries, ScoreKeeper, ScoreQueries, rootsIn, type ProvisionalTellings } from './scores';
import { KafkaMarks } from './scores/adapters/kafka-marks';
import { KafkaLatestScores } from './scores/adapters/kafka-latest-scores';
import { MongoScores } from './scores/adapters/mongo-scores';
import { ToldFigures } from './told-figures';

/** What is stored once, whatever generation serves. */
export interface BesideGenerations {
  readonly decisions: Decisions;
  readonly toldLateness: ToldLatenessStore;
  readonly tellings: ProvisionalTellings;
}

/**
 * Everything of the aggregator that runs for the live generation, put together: with `generation-builder.ts` the only
 * place that knows ports and adapters. Whatever is published is published from here: a generation that is being built
 * has no publisher.
 */
export class AggregatorRuntime {
  private readonly joining: BatchConsumerStrategy;

  private constructor(
    readonly generation: Generation,
    readonly database: MongoDatabase,
    readonly referenceCache: ReferenceCache<ReferenceContent>,
    readonly reference: Reference,
    readonly consumers: readonly BatchConsumer[],
    readonly scoreQueries: ScoreQueries,
    readonly rankingQueries: RankingQueries,
    readonly planQueries: PlanQueries,
    readonly explanationQueries: ExplanationQueries,
    readonly lateOfficerQueries: LateOfficerQueries,
    readonly dossierQueries: DossierQueries,
    readonly officerNaming: OfficerNaming,
    readonly todaysListQueries: TodaysListQueries,
    readonly lateGroupQueries: LateGroupQueries,
    readonly integrityQueries: IntegrityQueries,
    readonly editionFigures: EditionFigures,
    readonly closingWatch: ClosingWatch,
    private readonly remembering: readonly Pick<MeasureKeeper<unknown>, 'takeAgain'>[],
    private readonly tickers: readonly MinuteTicker[],
    private readonly publishers: readonly Publisher[],
  ) {
    this.joining = new BatchConsumerStrategy(consumers);
  }

  /** Opens the generation's database and loads the reference; consumers are built and join their groups at the start. */
  static async open(config: AggregatorConfig, generation: Generation, { decisions, toldLateness, tellings }: BesideGenerations, log: Logger, metrics: Metrics): Promise<AggregatorRuntime> {
    const database = await openMongo({ ...config.mongo, database: databaseOf(config.mongo.database, generation) }, { log, metrics });
    const now = (): Instant => database.now();
    const livePeriodsNow = (): readonly Period[] => livePeriods(now(), config.keptEndedDays);

    const referenceCollection = new ReferenceCollection<ReferenceContent>(database, REFERENCE_COLLECTION);
    await ensureIndexes(database, [...referenceCollection.indexes, ...ledgerIndexes(CASES), ...ledgerIndexes(PETITIONS), ...ARRIVAL_INDEXES, ...PARTIAL_MEASURES_INDEXES]);
    // The cache tells of changes before the keeper that wants to hear of them can be built.
    let referenceChanged = (): void => undefined;
    const referenceCache = new ReferenceCache(referenceCollection, { log, onChange: () => referenceChanged() });
    const reference = new Reference(new CachedReferenceRecords(referenceCache));

    const kafka = createKafkaClient(config.kafka, log);
    const sending = { client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics };
    const publisher = new Publisher(sending);
    const deadLetters = new Publisher(sending);

    const cases = new MongoLedger(database, CASES);
    const petitions = new MongoLedger(database, PETITIONS);
    const arrivals = new MongoArrivals(database);
    const partials = new MongoPartialMeasures(database);
    const scores = new MongoScores(database);
    const treeToday = (): UnitTree => reference.treeOn(localDayOf(now()));
    const liveTrees = (): ReadonlySet<UnitTree> => new Set(livePeriodsNow().map(({ lastDay }) => reference.treeOn(lastDay)));
    const rootsNow = () => {
      const trees = liveTrees();
      return (unit: UnitCode) => rootsIn(trees, unit);
    };
    const marks = new KafkaMarks({ sender: publisher, generation, now, rootsNow });
    // The consumer is built from the handlers that its keepers follow.
    const confirmOwnership = (partition: number): Promise<void> => ledgerConsumer.confirmOwnership(partition);
    const keeping = { partials, marks, confirmOwnership, now, endedDays: config.keptEndedDays };
    const caseKeeper = new MeasureKeeper({ ...keeping, source: 'cases', subject: MEASURED_CASES, ledger: cases, measuring: measureColumnsBy(reference) });
    const petitionKeeper = new MeasureKeeper({
      ...keeping, source: 'petitions', subject: measuredPetitionsBy(reference), ledger: petitions, measuring: measureReceivedBy(reference),
    });
    const keepers = [caseKeeper, petitionKeeper];
    const latest = new KafkaLatestScores({ sender: publisher, reference, now, tellings });
    const scoreKeeper = new ScoreKeeper({ partials, scores, catalog: reference, periods: () => livePeriodsNow().map(({ name }) => name), now, latest });
    const teller = new LatenessTeller({ store: toldLateness, casesOf: (partition) => caseKeeper.viewsOfPartition(partition), reference, confirmOwnership, now });
    const ledgers = [
      new LedgerBatchHandler(CASES, cases, followedInTurn(caseKeeper, teller), arrivals),
      new LedgerBatchHandler(PETITIONS, petitions, petitionKeeper, arrivals),
    ] as const;

    /** Units without a dossier have stocks of procedures, too; these follow from the catalog and from the day. */
    const markAll = (): Promise<void> => marks.mark([...new Set([...liveTrees()].flatMap(({ nodes }) => [...nodes.keys()]))]);
    let markedOn: LocalDay | undefined;
    const ticker = new MinuteTicker({
      now, log,
      tick: async () => {
        for (const keeper of keepers) await keeper.tick();
        if (markedOn !== localDayOf(now())) await markAll();
        markedOn = localDayOf(now());
        await toldFigures.tell();
        await toldFlags.tell();
      },
      remeasure: async () => {
        for (const keeper of keepers) await keeper.remeasure();
        await markAll();
      },
    });
    const latenessTicker = new MinuteTicker({
      now, log, everyMs: config.latenessIntervalMs, tick: () => teller.tick(),
      remeasure: () => {
        teller.lookAgain();
        return Promise.resolve();
      },
    });
    referenceChanged = () => {
      scoreKeeper.forget();
      ticker.remeasureSoon();
      latenessTicker.remeasureSoon();
    };
    await referenceCache.start();

    metrics.of(INDEX_METRICS).openHoles.onScrape((gauge) => {
      for (const { topics, holes } of ledgers) for (const topic of topics) gauge.set({ topic }, holes.missingOf(topic));
    });
    const caseQueries = new MeasureQueries({ keeper: caseKeeper, ledger: cases, subject: CASES, measureUnitBy: measureCasesBy });
    const petitionQueries = new MeasureQueries({ keeper: petitionKeeper, ledger: petitions, subject: PETITIONS, measureUnitBy: measurePetitionsBy });
    const scoreQueries = new ScoreQueries({
      scores, partials, cases: caseQueries, petitions: petitionQueries, reference, now,
      isLive: (period) => livePeriodsNow().some(({ name }) => name === period.name),
    });
    const toldFigures = new ToldFigures({ metrics, cases: caseKeeper, scores: scoreQueries, treeToday, now });
    const views = new UnitViews({ measures: caseQueries, partials, reference, now });
    const toldFlags = new ToldFlags({
      cases: caseKeeper, views, decisions, now, treeOn: (day) => reference.treeOn(day),
      tell: (labels, count) => metrics.of(INDEX_METRICS).integrityFlags.set(labels, count),
    });
    const consumerOf = consumersOn({ client: kafka, generation, deadLetters, metrics });
    const ledgerConsumer = consumerOf('aggregator.ledger', [...ledgers, new SourceBatchHandler(arrivals)], LEDGER_LIMITS);
    return new AggregatorRuntime(
      generation,
      database,
      referenceCache,
      reference,
      [
        consumerOf('aggregator.reference', [new ReferenceBatchHandler(new MongoReferenceStore(referenceCollection))]),
        ledgerConsumer,
        consumerOf('aggregator.scores', [new MarkBatchHandler(scoreKeeper, generation, config.mergeGapMs)]),
      ],
      scoreQueries,
      new RankingQueries(scoreQueries),
      new PlanQueries(scoreQueries, reference),
      new ExplanationQueries({ scores: scoreQueries, cases: caseQueries, petitions: petitionQueries, partials, reference }),
      new LateOfficerQueries({ views, decisions, threshold: config.lateOfficersThreshold }),
      new DossierQueries(views),
      new OfficerNaming(reference, { now, objectionDays: config.objectionDays }),
      new TodaysListQueries(views, reference, now),
      new LateGroupQueries(views),
      new IntegrityQueries(views, cases, decisions),
      new EditionFigures({
        cases, petitions, reference, readReference: () => referenceCache.refresh(), decisions, lateLists: new LateLists({ decisions }),
        units: () => partials.units(),
      }),
      closingWatchOn({ client: kafka, generation, sender: deadLetters, ledgers: [cases, petitions], arrivals }),
      [...ledgers, ...keepers, teller],
      [ticker, latenessTicker],
      [publisher, deadLetters],
    );
  }

  /** Resolves when the consumers have joined, or after some patience while the broker is away. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.joining.listen((error) => (error === undefined ? resolve() : reject(error instanceof Error ? error : new Error('a consumer cannot start'))));
    });
    for (const ticker of this.tickers) ticker.start();
  }

  readinessProbes(): readonly Probe[] {
    return [mongoProbe(this.database), referenceProbe(this.referenceCache), ...this.consumers.map((consumer) => consumer.readinessProbe())];
  }

  livenessProbes(): readonly Probe[] {
    return this.consumers.map((consumer) => consumer.livenessProbe());
  }

  /** Stored documents were repaired by somebody else: what this member holds of them in memory is read again. */
  async readAgain(): Promise<void> {
    for (const each of this.remembering) await each.takeAgain();
  }

  /** Drains the consumers first: what they still write needs all the rest. */
  async stop(): Promise<void> {
    await this.joining.close();
    await Promise.all(this.tickers.map((ticker) => ticker.stop()));
    await this.referenceCache.stop();
    await Promise.all(this.publishers.map((publisher) => publisher.close()));
    await this.database.close();
  }
}

interface ConsumerParts {
  readonly client: KafkaClient;
  readonly generation: Generation;
  readonly deadLetters: Publisher;
  readonly metrics: Metrics;
}

function consumersOn({ client, generation, deadLetters, metrics }: ConsumerParts) {
  const classify: FailureClassifier = (error) => (isDatabaseAway(error) ? 'away' : undefined);
  return (group: string, handlers: readonly BatchHandler<unknown, unknown>[], limits?: Partial<ConsumerLimits>): BatchConsumer =>
    new BatchConsumer({ client, group, groupId: groupIdOf(group, generation), handlers, deadLetters, classify, metrics, limits });
}

interface WatchedParts {
  readonly client: KafkaClient;
  readonly generation: Generation;
  readonly sender: Publisher;
  readonly ledgers: readonly [MongoLedger<CaseView>, MongoLedger<KnownPetition>];
  readonly arrivals: MongoArrivals;
}

function closingWatchOn({ client, generation, sender, ledgers, arrivals }: WatchedParts): ClosingWatch {
  const ledgerTopics = [...CASES.topics, ...PETITIONS.topics].map(({ name }) => name);
  const group = (name: string, topics: readonly string[]) => ({ name, groupId: groupIdOf(name, generation), topics });
  return new LogClosingWatch({
    admin: new TopicAdmin(client),
    groups: [group('aggregator.reference', REFERENCE_TOPICS), group('aggregator.ledger', ledgerTopics)],
    // Looks at what was set aside; nothing is replayed or given up from here.
    letters: new DeadLetters({ reader: new TopicReader({ client, group: 'aggregator.editions' }), sender, isCompacted: () => false }),
    ledgers, ledgerTopics: new Set(ledgerTopics), arrivals,
  });
}
