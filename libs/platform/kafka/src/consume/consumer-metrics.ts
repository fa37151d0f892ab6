import type { Metrics } from '@index766/platform-observability';
import { KAFKA_METRICS, type RecordOutcome } from '../kafka-metrics';
import type { DeadLetterCause } from '../dead-letters/dead-letter';

interface Position {
  readonly topic: string;
  readonly lag: number;
  /** Timestamp of the last record read, milliseconds since 1970. */
  readonly readUpTo: number;
}

/** What one consumer of a group counts and measures. */
export class ConsumerMetrics {
  readonly #positions = new Map<string, Position>();

  constructor(
    private readonly metrics: Metrics,
    private readonly group: string,
    private readonly topics: readonly string[],
    now: () => number = Date.now,
  ) {
    const { records, deadLetters, lag, eventAge, rebalances, crashes } = metrics.of(KAFKA_METRICS);
    for (const topic of topics) {
      records.zero({ topic, group });
      deadLetters.zero({ topic, group });
    }
    rebalances.zero({ group });
    crashes.zero({ group });
    lag.onScrape((gauge) => this.#perTopic((topic, of) => gauge.set({ topic, group }, sum(of.map((position) => position.lag)))));
    eventAge.onScrape((gauge) =>
      this.#perTopic((topic, of) => {
        const ages = of.filter((position) => position.lag > 0).map(({ readUpTo }) => (now() - readUpTo) / 1_000);
        gauge.set({ topic, group }, Math.max(0, ...ages));
      }),
    );
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

  assigned(partitions: number): void {
    this.#positions.clear();
    const { rebalances, ownedPartitions } = this.metrics.of(KAFKA_METRICS);
    rebalances.add({ group: this.group });
    ownedPartitions.set({ group: this.group }, partitions);
  }

  revoked(): void {
    this.#positions.clear();
    this.metrics.of(KAFKA_METRICS).ownedPartitions.set({ group: this.group }, 0);
  }

  crashed(): void {
    this.metrics.of(KAFKA_METRICS).crashes.add({ group: this.group });
  }

  blockedLanes(lanes: number): void {
    this.metrics.of(KAFKA_METRICS).blockedLanes.set({ group: this.group }, lanes);
  }

  groupLag(topic: string, records: number): void {
    this.metrics.of(KAFKA_METRICS).groupLag.set({ topic, group: this.group }, records);
  }

  #perTopic(visit: (topic: string, positions: readonly Position[]) => void): void {
    const all = [...this.#positions.values()];
    for (const topic of this.topics) visit(topic, all.filter((position) => position.topic === topic));
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
