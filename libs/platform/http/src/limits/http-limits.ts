/** What one service takes at once, and from one caller. */
export interface HttpLimits {
  /** Requests a second of one source (the subject of its token); a burst of twice as many passes. */
  readonly sourcePerSecond: number;
  /** Requests a second without an accepted token, by address; a burst of twice as many passes. */
  readonly addressPerSecond: number;
  /** Requests of one source, or of one address without a token, that are worked on at a time. */
  readonly callerInWork: number;
  /** Bytes of bodies that are read or worked on at a time; one caller gets at most half of them. */
  readonly bodyMemoryBytes: number;
  /** Open connections; further ones are closed as they come. */
  readonly maxConnections: number;
  /** Proxies whose `X-Forwarded-For` is believed: addresses, or networks as Express takes them. */
  readonly trustedProxies?: readonly string[] | undefined;
}

/** A province's load by one source passes with room to spare; a loop without a pause does not. */
export const DEFAULT_LIMITS: HttpLimits = {
  sourcePerSecond: 1_000,
  addressPerSecond: 500,
  callerInWork: 128,
  bodyMemoryBytes: 64 * 1024 * 1024,
  maxConnections: 5_000,
};

/** How long a client may take, in milliseconds. */
export interface ClientTimeouts {
  /** To send the head of a request. A connection that sends nothing ends then too. */
  readonly headMs: number;
  /** To send a whole request. */
  readonly requestMs: number;
  /** Between two requests of one connection. */
  readonly keepAliveMs: number;
  /** To take the answer, after the longest time until it begins. */
  readonly takeAnswerMs: number;
  /** How often connections are looked at. */
  readonly checkEveryMs: number;
}

export const DEFAULT_TIMEOUTS: ClientTimeouts = {
  headMs: 10_000,
  requestMs: 60_000,
  keepAliveMs: 30_000,
  takeAnswerMs: 60_000,
  checkEveryMs: 2_000,
};
