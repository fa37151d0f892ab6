/** How loud an entry of kafkajs deserves to be in our log. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** What kafkajs hands to a log creator. */
export interface KafkajsLogEntry {
  readonly namespace: string;
  readonly label: string;
  readonly log: Readonly<Record<string, unknown>> & { readonly message: string };
}

export interface MappedLogEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Entries with the same kind tell the same story: a limit counts them together. */
  readonly kind: string;
}

/** Fields that name things and never carry a record's content. */
const SAFE_FIELDS = [
  'broker', 'clientId', 'groupId', 'memberId', 'generationId', 'topic', 'partition', 'topicPartitions', 'error', 'code',
  'retryCount', 'retryTime', 'duration', 'memberAssignment', 'groupProtocol', 'isLeader',
] as const;

/**
 * Happens in every restart of a broker and in every rebalance, and is mended by a retry: kafkajs calls these errors.
 * What does not mend itself shows in the state of publisher and consumer.
 */
const ROUTINE_ERRORS = [
  /^Connection error:/, /^Connection timeout/, /^Failed to connect/, /^Failed to send messages/, /^Response /,
  /^Closed connection/, /^Connection closed/, /rebalanc/i, /coordinator/i, /^Crash:/, /^Restarting the consumer/,
  /^This server does not host this topic-partition/, /no leader/i, /not the leader/i, /^The producer is disconnected/,
  /^Offset out of range/, /^Request .* timed out/, /^Caught error when stopping/, /broker not/i, /^The member is not known/,
];

/** Useful when looking for a fault, noise otherwise. */
const CHATTER = [
  /^Pausing fetching/, /^Resuming fetching/, /^Starting$/, /^Stopped$/, /^consumer not running/, /^Filtering out batch/,
  // Said of every idempotent producer whose retries have an end; the publisher builds a new one then.
  /^Limiting retries for the idempotent/,
];

const OWN_LEVEL: Readonly<Record<string, LogLevel>> = { ERROR: 'error', WARN: 'warn', INFO: 'info', DEBUG: 'debug' };

/** Maps an entry of kafkajs to a level, a text and fields that may be logged. */
export function mapLogEntry({ namespace, label, log }: KafkajsLogEntry): MappedLogEntry {
  const { message } = log;
  const fields: Record<string, unknown> = { component: namespace === '' ? 'kafkajs' : `kafkajs.${namespace}` };
  for (const name of SAFE_FIELDS) if (log[name] !== undefined) fields[name] = textOfError(log[name]);
  return { level: levelOf(label, message), message, fields, kind: `${namespace}|${message.replace(/\d+/g, '#')}` };
}

function levelOf(label: string, message: string): LogLevel {
  const own = OWN_LEVEL[label] ?? 'info';
  if (own === 'error') return ROUTINE_ERRORS.some((pattern) => pattern.test(message)) ? 'warn' : 'error';
  return CHATTER.some((pattern) => pattern.test(message)) ? 'debug' : own;
}

function textOfError(value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}
