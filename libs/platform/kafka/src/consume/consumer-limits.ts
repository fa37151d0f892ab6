/** How a consumer deals with its group and with failures; every time in milliseconds. */
export interface ConsumerLimits {
  /** A member that is silent for so long is taken for dead; until then the others wait for it. Brokers allow 6,000 and more. */
  readonly sessionTimeoutMs: number;
  /** How long the group waits for a member to end its batch and join again. */
  readonly rebalanceTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  /** How long the broker holds a fetch open; stopping waits for it. */
  readonly maxWaitMs: number;
  /** From one fetch to the next when nothing waits behind the first: what comes meanwhile is worked on together. */
  readonly fetchGapMs: number;
  /** Small, because a rebalance waits for the batches that were fetched. */
  readonly maxBytesPerPartition: number;
  readonly maxBytes: number;
  /** Lanes that work at the same time. */
  readonly concurrentLanes: number;
  /** Records that are decoded, folded, saved and committed together, of all topics of a lane. */
  readonly recordsPerChunk: number;
  /** Tries of a chunk in which the handler fails by a bug; in the last one its records are taken apart. */
  readonly triesPerBug: number;
  readonly bugPauseMs: number;
  /** One call of load, save, after or onWatermark; longer means away. Below the rebalance timeout. */
  readonly askWithinMs: number;
  /** Rounds of load, fold and save for documents that others write at the same time. */
  readonly saveRounds: number;
  /** A blocked lane is tried again after this time, doubled up to the longest. */
  readonly laneRetryMs: number;
  readonly laneRetryMaxMs: number;
  /** No fetch, heartbeat or end of a batch for so long: the consumer has stopped silently and is replaced. */
  readonly stallMs: number;
  readonly restartMs: number;
  readonly restartMaxMs: number;
  /** For batches in work when the consumer closes; a chunk that is not through then comes again. */
  readonly drainMs: number;
  /** Between looks at the group's lag from outside. */
  readonly lagEveryMs: number;
}

export const DEFAULT_CONSUMER_LIMITS: ConsumerLimits = {
  sessionTimeoutMs: 6_000,
  rebalanceTimeoutMs: 15_000,
  heartbeatIntervalMs: 1_000,
  maxWaitMs: 250,
  fetchGapMs: 100,
  maxBytesPerPartition: 256 * 1024,
  maxBytes: 4 * 1024 * 1024,
  concurrentLanes: 12,
  recordsPerChunk: 500,
  triesPerBug: 3,
  bugPauseMs: 100,
  askWithinMs: 12_000,
  saveRounds: 5,
  laneRetryMs: 250,
  laneRetryMaxMs: 2_000,
  stallMs: 40_000,
  restartMs: 250,
  restartMaxMs: 5_000,
  drainMs: 4_000,
  lagEveryMs: 15_000,
};

/** `first` doubled with every attempt after the first one, up to `longest`. */
export function backoff(attempt: number, first: number, longest: number): number {
  return Math.min(longest, first * 2 ** Math.min(attempt - 1, 30));
}
