export type PublishErrorCode =
  | 'PUBLISHER.AWAY'
  | 'PUBLISHER.REFUSED'
  | 'PUBLISHER.TOO_LARGE'
  | 'PUBLISHER.UNKNOWN_TOPIC'
  | 'PUBLISHER.QUEUE_FULL'
  | 'PUBLISHER.CLOSED';

/** Why records did not leave. `retriable`: sending the very same again can help. */
export class PublishError extends Error {
  override readonly name = 'PublishError';

  constructor(
    readonly code: PublishErrorCode,
    message: string,
    readonly retriable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Answers of a broker that it will give again for the same bytes. */
const REFUSED_CONTENT = new Set([
  'MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TIMESTAMP', 'INVALID_TOPIC_EXCEPTION',
  'TOPIC_AUTHORIZATION_FAILED', 'CLUSTER_AUTHORIZATION_FAILED', 'POLICY_VIOLATION', 'UNSUPPORTED_FOR_MESSAGE_FORMAT',
]);

/** True when the broker refused the records themselves, false when it could not be reached or the producer is worn out. */
export function isRefusedContent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('type' in cause && typeof cause.type === 'string' && REFUSED_CONTENT.has(cause.type)) return true;
  }
  return false;
}

/** kafkajs gave up after its own retries: the broker is away. Anything else ended at once and wants a new producer. */
export function isGivenUp(error: unknown): boolean {
  return error instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded';
}
