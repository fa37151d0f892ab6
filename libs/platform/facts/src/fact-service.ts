import type { OnApplicationShutdown } from '@nestjs/common';
import { TopicAdmin, TopicReader, WatermarkPublisher, planTopics, type BatchConsumer, type TopicPlan } from '@index766/platform-kafka';
import { Reconciliation, WatermarkTicker, mongoProbe, referenceProbe, relayProbe, type FoldBack } from '@index766/platform-mongo';
import type { Probe } from '@index766/platform-observability';
import type { FactServiceBasis, FollowedReference, ReadTopics } from './fact-service-basis';

/** Something that a service does again and again, beside requests and topics. */
export interface Ticker {
  start(): void;
  stop(): Promise<void>;
}

export interface FactServiceParts<UseCases> {
  /** Every topic that the service writes, with the way back into its documents. */
  readonly writes: readonly FoldBack[];
  readonly reference: FollowedReference;
  /** What it reads besides the reference. */
  readonly reads?: readonly ReadTopics[];
  readonly tickers?: readonly Ticker[];
  readonly useCases: UseCases;
}

const TOPICS_ANSWER_WITHIN_MS = 5_000;

/** A service that writes facts, put together. Nothing runs before `reconcile` and `start`. */
export class FactService<UseCases> implements OnApplicationShutdown {
  readonly useCases: UseCases;
  readonly consumers: readonly BatchConsumer[];
  private readonly reconciliation: Reconciliation;
  private readonly tickers: readonly Ticker[];

  constructor(private readonly basis: FactServiceBasis, private readonly parts: FactServiceParts<UseCases>) {
    const { options: { name, config: { facts }, log }, database, kafka, relay, publisher } = basis;
    const { writes, reference, reads = [], tickers = [], useCases } = parts;
    const all = [reference.reads, ...reads];
    const admin = new TopicAdmin(kafka);
    this.useCases = useCases;
    this.consumers = all.map(({ consumer }) => consumer);
    this.reconciliation = new Reconciliation(database, {
      service: name, slots: facts.topicPartitions, log, ignoredRecords: new Set(facts.ignoredRecords), topics: writes,
      source: new TopicReader({ client: kafka, group: name, patienceMs: TOPICS_ANSWER_WITHIN_MS }),
      verifyTopics: () => admin.verify(topicPlan(writes, all, facts.topicPartitions)),
      onRestored: async () => {
        for (const { group } of this.consumers) await admin.forgetPositions(group);
      },
    });
    const watermarks = new WatermarkTicker(database, {
      relay, everyMs: facts.watermarkIntervalMs, afterTick: (ticked) => this.reconciliation.record(ticked), log,
      sender: new WatermarkPublisher({ sender: publisher, producer: name, topics: writes.map(({ topic }) => topic.name) }),
    });
    this.tickers = [watermarks, ...tickers];
  }

  readinessProbes(): readonly Probe[] {
    const { database, relay, publisher } = this.basis;
    return [
      mongoProbe(database), this.reconciliation.readinessProbe(), referenceProbe(this.parts.reference.cache), relayProbe(relay),
      publisher.readinessProbe(), ...this.consumers.map((consumer) => consumer.readinessProbe()),
    ];
  }

  livenessProbes(): readonly Probe[] {
    return this.consumers.map((consumer) => consumer.livenessProbe());
  }

  /** Before anything else runs: the documents have what the topics have. */
  async reconcile(): Promise<void> {
    await this.reconciliation.run();
  }

  async start(): Promise<void> {
    await this.basis.relay.start();
    for (const ticker of this.tickers) ticker.start();
  }

  /** After requests and consumers have drained: Nest closes them first. */
  async onApplicationShutdown(): Promise<void> {
    const { database, relay, publisher, deadLetters } = this.basis;
    this.reconciliation.stop();
    await Promise.all([...this.tickers.map((ticker) => ticker.stop()), this.parts.reference.cache.stop()]);
    const isLast = relay.isAlone();
    await relay.stop();
    if (isLast) await this.reconciliation.recordStop();
    await Promise.all([publisher.close(), deadLetters.close()]);
    await database.close();
  }
}

/** A wrong number of partitions would put records where nobody looks for them. */
function topicPlan(writes: readonly FoldBack[], reads: readonly ReadTopics[], partitions: number): readonly TopicPlan[] {
  return planTopics(
    {
      topics: [...writes.map(({ topic }) => topic), ...reads.flatMap(({ topics }) => topics)],
      groups: reads.map(({ consumer: { group }, topics }) => ({ group, topics: topics.map(({ name }) => name) })),
    },
    { dossierPartitions: partitions, replication: 1 },
  );
}
