export type ConsumerState = 'starting' | 'running' | 'recovering' | 'closing' | 'closed' | 'dead';

/** What health checks ask: readiness = `ready`, liveness = `state !== 'dead'`. */
export interface ConsumerStatus {
  readonly group: string;
  readonly state: ConsumerState;
  /** True while records are being worked on or there are none. */
  readonly ready: boolean;
  /** Why not ready, each a sentence; empty when ready. */
  readonly reasons: readonly string[];
  /** Partition numbers that this member owns. */
  readonly partitions: readonly number[];
  readonly pausedLanes: readonly PausedLane[];
  /** Milliseconds since 1970 of the last commit, fetch or heartbeat. */
  readonly lastActivityAt: number | undefined;
}

export interface PausedLane {
  readonly partition: number;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly attempts: number;
}
