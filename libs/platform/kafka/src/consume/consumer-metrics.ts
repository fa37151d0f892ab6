import type { Instant } from '@index766/kernel';
import type { Metrics } from '@index766/platform-observability';
import { KAFKA_METRICS, type RecordOutcome } from '../kafka-metrics';
import type { DeadLetterCause } from '../dead-letters/dead-letter';
import type { PartitionLag } from '../topics/group-offsets';
import { LagAge } from './lag-age';

interface Position {
  readonly topic: string;
  readonly lag: number;
  /** Timestamp of the last record read, milliseconds since 1970. */
  readonly readUpTo: number;
}

/** What one consumer of a group counts and measures. */
export class ConsumerMetrics {
  readonly #positions = new Map<string, Position>();
  /** Last watermark by topic and partition, of what is owned. */
  readonly #watermarks = new Map<string, Map<number, Instant>>();
  readonly #waiting = new LagAge();

  constructor(
    private readonly metrics: Metrics,
    private readonly group: string,
    private readonly topics: readonly string[],
    now: () => number = Date.now,
  ) {
    const { records, deadLetters, lag, eventAge, watermarkAge, commitFailures, rebalances, crashes } = metrics.of(KAFKA_METRICS);
    for (const topic of topics) {
      records.zero({ topic, group });
      deadLetters.zero({ topic, group });
    }
    rebalances.zero({ group });
    crashes.zero({ group });
    commitFailures.zero({ group });
    lag.onScrape((gauge) => this.#perTopic((topic, of) => gauge.set({ topic, group }, sum(of.map((position) => position.lag)))));
    eventAge.onScrape((gauge) =>
      this.#perTopic((topic, of) => {
        const ages = of.filter((position) => position.lag > 0).map(({ readUpTo }) => (now() - readUpTo) / 1_000);
        gauge.set({ topic, group }, Math.max(0, ...ages));
      }),
    );
    watermarkAge.onScrape((gauge) => {
      for (const [topic, of] of this.#watermarks) gauge.set({ topic, group }, Math.max(0, now() - Math.min(...of.values())) / 1_000);
    });
  }

  ended(topic: string, outcome: RecordOutcome, records: number): void {
    if (records > 0) this.metrics.of(KAFKA_METRICS).records.add({ topic, group: this.group, outcome }, records);
  }

  deadLettered(topic: string, cause: DeadLetterCause): void {
    this.metrics.of(KAFKA_METRICS).deadLetters.add({ topic, group: this.group, cause });
  }

  /** A chunk was committed. */
  committed(topic: string, partition: number, lag: number, readUpTo: number, seconds: number, now: number): void {
    const { workTime, lastProgress } = this.metrics.of(KAFKA_METRICS);
    this.#positions.set(`${topic}/${partition}`, { topic, lag, readUpTo });
    workTime.observe({ topic, group: this.group }, seconds);
    lastProgress.set({ group: this.group }, now / 1_000);
  }

  commitFailed(): void {
    this.metrics.of(KAFKA_METRICS).commitFailures.add({ group: this.group });
  }

  /** A producer's last promise in a partition that this member owns. */
  watermark(topic: string, partition: number, recordedBefore: Instant): void {
    const ofTopic = this.#watermarks.get(topic) ?? new Map<number, Instant>();
    this.#watermarks.set(topic, ofTopic.set(partition, recordedBefore));
  }

  assigned(partitions: number): void {
    this.#forget();
    const { rebalances, ownedPartitions } = this.metrics.of(KAFKA_METRICS);
    rebalances.add({ group: this.group });
    ownedPartitions.set({ group: this.group }, partitions);
  }

  revoked(): void {
    this.#forget();
    this.metrics.of(KAFKA_METRICS).ownedPartitions.set({ group: this.group }, 0);
  }

  crashed(): void {
    this.metrics.of(KAFKA_METRICS).crashes.add({ group: this.group });
  }

  blockedLanes(lanes: number): void {
    this.metrics.of(KAFKA_METRICS).blockedLanes.set({ group: this.group }, lanes);
  }

  /** The whole group as seen from outside at an instant (milliseconds since 1970). */
  groupLag(lags: readonly PartitionLag[], now: number): void {
    const { groupLag, groupLagAge } = this.metrics.of(KAFKA_METRICS);
    const ages = this.#waiting.look(lags, now);
    for (const topic of new Set(lags.map((lag) => lag.topic))) {
      const ofTopic = lags.filter((lag) => lag.topic === topic);
      groupLag.set({ topic, group: this.group }, Number(ofTopic.reduce((total, { lag }) => total + lag, 0n)));
      groupLagAge.set({ topic, group: this.group }, (ages.get(topic) ?? 0) / 1_000);
    }
  }

  /** Letters of the group that nobody has resolved, by topic; those of all members. */
  openLetters(letters: ReadonlyMap<string, number>): void {
    const { openDeadLetters } = this.metrics.of(KAFKA_METRICS);
    for (const [topic, open] of letters) openDeadLetters.set({ topic, group: this.group }, open);
  }

  #forget(): void {
    this.#positions.clear();
    for (const topic of this.#watermarks.keys()) this.metrics.of(KAFKA_METRICS).watermarkAge.remove({ topic, group: this.group });
    this.#watermarks.clear();
  }

  #perTopic(visit: (topic: string, positions: readonly Position[]) => void): void {
    const all = [...this.#positions.values()];
    for (const topic of this.topics) visit(topic, all.filter((position) => position.topic === topic));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
