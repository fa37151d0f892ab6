import type { PublishErrorCode } from './publish-error';

/** Where a publisher counts. */
export interface PublisherMetrics {
  /** One request with its records by topic. */
  sent(recordsByTopic: ReadonlyMap<string, number>, seconds: number): void;
  /** A producer was given up. */
  sessionFailed(): void;
  /** A call of `send` was rejected. */
  failed(code: PublishErrorCode): void;
}

export const NO_PUBLISHER_METRICS: PublisherMetrics = { sent: () => undefined, sessionFailed: () => undefined, failed: () => undefined };
