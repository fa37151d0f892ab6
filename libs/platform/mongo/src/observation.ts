/** What this library says about itself; a pino logger fits. */
export interface MongoLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Where timings and counts go; see `createMongoMetrics`. */
export interface MongoMetrics {
  commandEnded(command: string, outcome: 'ok' | 'failed', seconds: number): void;
  retried(operation: string): void;
}

export interface RelayMetrics {
  sent(records: number): void;
  /** Of the slots that this member leases. */
  pending(entries: number, oldestAgeSeconds: number): void;
}
