import type { Metrics } from '@index766/platform-observability';
import { KAFKA_METRICS } from '../kafka-metrics';
import type { PublishErrorCode } from './publish-error';
import type { WireMessage } from './wire-message';

const REASON = {
  'PUBLISHER.AWAY': 'away',
  'PUBLISHER.REFUSED': 'refused',
  'PUBLISHER.UNKNOWN_TOPIC': 'unknown-topic',
} as const satisfies Partial<Record<PublishErrorCode, string>>;

/** What a publisher counts and measures. */
export class PublisherMetrics {
  constructor(private readonly metrics: Metrics) {
    metrics.of(KAFKA_METRICS);
  }

  /** One request was acknowledged. */
  sent(messages: readonly WireMessage[], seconds: number): void {
    const { published, publishTime } = this.metrics.of(KAFKA_METRICS);
    publishTime.observe({}, seconds);
    const counts = new Map<string, number>();
    for (const { topic } of messages) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    for (const [topic, count] of counts) published.add({ topic }, count);
  }

  /** The senders of a request were told that it failed. */
  failed(code: keyof typeof REASON): void {
    this.metrics.of(KAFKA_METRICS).publishFailures.add({ reason: REASON[code] });
  }

  producerReplaced(): void {
    this.metrics.of(KAFKA_METRICS).producersReplaced.add({});
  }
}
