import { setTimeout as delay } from 'node:timers/promises';
import { Metrics, type Probe } from '@index766/platform-observability';
import type { KafkaClient } from '../client/kafka-client';
import { Deferred } from '../deferred';
import { within } from '../within';
import type { BatchHandler } from './batch-handler';
import { BatchWork } from './batch-work';
import type { DeadLetterSender } from '../dead-letters/dead-letter';
import { OpenLetters } from '../dead-letters/open-letters';
import { TopicReader } from '../read/topic-reader';
import { DEFAULT_CONSUMER_LIMITS, backoff, type ConsumerLimits } from './consumer-limits';
import { ConsumerMetrics } from './consumer-metrics';
import type { ConsumerState, ConsumerStatus } from './consumer-status';
import { describeError, type FailureClassifier } from './failure';
import { GroupMember, UnfitTopics } from './group-member';
import { LaneAssignment } from './lane-assignment';
import { LifeCount } from './supervision';

export interface BatchConsumerOptions {
  readonly client: KafkaClient;
  /** `<service>.<purpose>`, exactly as dashboards show it and dead-letter topics are named. */
  readonly group: string;
  /** What the broker calls the group, if it is another generation of it that keeps positions of its own; default `group`. */
  readonly groupId?: string | undefined;
  /** Each for its own topics; a `BatchHandler<Item, Doc>` of any kind fits. */
  readonly handlers: readonly BatchHandler<unknown, unknown>[];
  readonly deadLetters: DeadLetterSender;
  /** Asked first; `(error) => (isDatabaseAway(error) ? 'away' : undefined)` for MongoDB. */
  readonly classify?: FailureClassifier | undefined;
  /** The service's registry. */
  readonly metrics?: Metrics | undefined;
  readonly limits?: Partial<ConsumerLimits> | undefined;
}

/** After the drain, for handlers to hear that nothing is owned any more. */
const SETTLE_WITHIN_MS = 1_000;
/** A look at open letters that gets nowhere for so long is given up; the next one goes on. */
const LETTERS_PATIENCE_MS = 10_000;
/** Without a fetch or a heartbeat for so long, the member is not ready. */
const SILENT_MS = 5_000;

/**
 * One member of a consumer group, kept alive: builds a new consumer with a back-off whenever one crashes or falls
 * silent, and tells at any time what it does and why it does not.
 */
export class BatchConsumer {
  readonly group: string;
  readonly #options: BatchConsumerOptions;
  readonly #limits: ConsumerLimits;
  readonly #metrics: ConsumerMetrics;
  readonly #assignment: LaneAssignment;
  readonly #work: BatchWork;
  /** Undefined where nobody asks for metrics. */
  readonly #openLetters: OpenLetters | undefined;
  readonly #lives = new LifeCount();
  readonly #closing = new AbortController();
  readonly #listeners: ((status: ConsumerStatus) => void)[] = [];
  #state: ConsumerState = 'starting';
  #reason: string | undefined = 'the consumer has not joined its group yet';
  #member: GroupMember | undefined;
  #supervising: Promise<void> | undefined;
  #countingLetters: Promise<void> | undefined;
  readonly #joined = new Deferred();

  /** Throws when two handlers read one topic or none is given. */
  constructor(options: BatchConsumerOptions) {
    const { client, client: { logger }, group, handlers, deadLetters, classify } = options;
    const topics = handlers.flatMap((handler) => handler.topics);
    if (topics.length === 0) throw new Error(`group ${group} reads no topic`);
    if (new Set(topics).size !== topics.length) throw new Error(`two handlers of group ${group} read the same topic`);
    this.group = group;
    this.#options = options;
    this.#limits = { ...DEFAULT_CONSUMER_LIMITS, ...options.limits };
    // Joining waits for members that died: a shorter watch would take that for a stall and leave one more dead member.
    if (this.#limits.stallMs <= this.#limits.sessionTimeoutMs) throw new Error('stallMs has to exceed sessionTimeoutMs');
    this.#metrics = new ConsumerMetrics(options.metrics ?? new Metrics(), group, topics);
    const parts = { handlers, limits: this.#limits, metrics: this.#metrics, logger, now: Date.now };
    this.#assignment = new LaneAssignment(parts);
    this.#work = new BatchWork({ ...parts, group, deadLetters, classify }, this.#assignment);
    this.#openLetters = options.metrics && new OpenLetters({ reader: new TopicReader({ client, group, patienceMs: LETTERS_PATIENCE_MS }), group, topics });
  }

  /**
   * Resolves when the member has joined its group for the first time; keeps trying while the broker is away. Rejects
   * with `UnfitTopics` when it can never work: topics with unequal partition counts.
   */
  start(): Promise<void> {
    this.#supervising ??= this.#supervise();
    return this.#joined.promise;
  }

  /** Ends the batches in work, commits, leaves the group; bounded by `drainMs` and two seconds. Never throws. */
  async close(): Promise<void> {
    if (this.#state === 'closed') return;
    this.#enter('closing', 'the consumer is closing');
    this.#closing.abort();
    await Promise.all([this.#member?.stop(this.#limits.drainMs), this.#countingLetters]);
    await this.#supervising;
    this.#joined.reject(new Error(`the consumer of ${this.group} was closed before it joined`));
    this.#enter('closed', 'the consumer is closed');
  }

  status(): ConsumerStatus {
    const pausedLanes = this.#assignment.blocked;
    const reasons = [
      ...(this.#reason === undefined ? this.#silence() : [this.#reason]),
      ...(this.#assignment.preparing === undefined ? [] : [this.#assignment.preparing]),
      ...pausedLanes.map(({ partition, reason }) => `partition ${partition} waits: ${reason}`),
    ];
    return {
      group: this.group,
      state: this.#state,
      ready: this.#state === 'running' && reasons.length === 0,
      reasons,
      partitions: this.#assignment.partitions,
      pausedLanes,
      lastActivityAt: this.#member?.watch.activeAt,
    };
  }

  /**
   * Resolves when the group's coordinator has confirmed, answering a heartbeat that was sent after this call, that this member still
   * owns the partition. Rejects when it does not, or cannot learn it within the session timeout.
   */
  async confirmOwnership(partition: number): Promise<void> {
    const member = this.#member;
    if (member === undefined) throw new Error(`the consumer of ${this.group} has not joined its group yet`);
    await within(this.#limits.sessionTimeoutMs, 'confirming the ownership', () => member.confirmMembership());
    if (!this.#assignment.partitions.includes(partition)) throw new Error(`partition ${partition} is another member's`);
  }

  /** Called whenever the state changes. */
  onStateChange(listener: (status: ConsumerStatus) => void): void {
    this.#listeners.push(listener);
  }

  readinessProbe(): Probe {
    return { name: `kafka:${this.group}`, check: () => ({ healthy: this.status().ready, reasons: this.status().reasons }) };
  }

  /** Fails exactly when a restart of the process would help. */
  livenessProbe(): Probe {
    return {
      name: `kafka:${this.group}`,
      check: () => (this.#state === 'dead' ? { healthy: false, reasons: this.status().reasons } : { healthy: true, reasons: [] }),
    };
  }

  async #supervise(): Promise<void> {
    while (!this.#isClosing()) {
      const unfit = await this.#live();
      if (unfit) {
        this.#enter('dead', unfit.message);
        this.#joined.reject(unfit);
        return;
      }
      if (this.#isClosing()) return;
      const wait = backoff(this.#lives.attempts, this.#limits.restartMs, this.#limits.restartMaxMs);
      await delay(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  /** One consumer from its start to its end; answers what makes a next one senseless. */
  async #live(): Promise<UnfitTopics | undefined> {
    const member = this.#createMember();
    this.#member = member;
    const observing = setInterval(() => {
      void this.#observeLag(member);
      // One look at a time: the first one reads all that was ever set aside.
      this.#countingLetters ??= this.#observeLetters(member).finally(() => { this.#countingLetters = undefined; });
    }, this.#limits.lagEveryMs);
    try {
      await member.run();
      return undefined;
    } catch (error) {
      if (this.#isClosing()) return undefined;
      if (error instanceof UnfitTopics) return error;
      this.#lives.ended(member);
      this.#metrics.crashed();
      this.#options.client.logger.warn({ err: error, group: this.group, attempts: this.#lives.attempts }, 'a consumer ended and is replaced');
      this.#enter(this.#lives.isDead ? 'dead' : 'recovering', `the consumer ended and is replaced: ${describeEnd(error)}`);
      return undefined;
    } finally {
      clearInterval(observing);
      this.#assignment.revoke();
      // Batches in work get their time on close only: a crashed consumer cannot commit them any more.
      if (!this.#isClosing()) await member.stop(SETTLE_WITHIN_MS);
      await within(SETTLE_WITHIN_MS, 'ending the assignment', () => this.#assignment.settled()).catch(() => undefined);
    }
  }

  #createMember(): GroupMember {
    return new GroupMember({
      client: this.#options.client,
      group: this.#options.groupId ?? this.group,
      topics: this.#options.handlers.flatMap(({ topics }) => topics),
      limits: this.#limits,
      now: Date.now,
      onBatch: (payload, control) => this.#work.run(payload, control),
      onRebalancing: () => {
        this.#assignment.revoke();
        this.#reason = 'the group is rebalancing';
      },
      onJoined: (partitions, control) => {
        if (this.#isClosing()) return;
        this.#assignment.assign(partitions, control);
        this.#enter('running', undefined);
        this.#joined.resolve();
      },
    });
  }

  async #observeLag(member: GroupMember): Promise<void> {
    try {
      this.#metrics.groupLag(await member.groupLag(), Date.now());
    } catch (error) {
      this.#options.client.logger.debug({ err: error, group: this.group }, 'the lag of the group could not be asked');
    }
  }

  async #observeLetters(member: GroupMember): Promise<void> {
    if (this.#openLetters === undefined) return;
    try {
      const ends = await member.endsOf(this.#openLetters.letterTopics);
      this.#metrics.openLetters(await this.#openLetters.look(ends, this.#closing.signal));
    } catch (error) {
      this.#options.client.logger.debug({ err: error, group: this.group }, 'open letters of the group could not be counted');
    }
  }

  /** The broker may be away for a while before kafkajs gives up or the watch does. */
  #silence(): readonly string[] {
    const silentMs = Date.now() - (this.#member?.watch.activeAt ?? Date.now());
    return silentMs > SILENT_MS ? [`no answer from the broker for ${Math.round(silentMs / 1_000)} s`] : [];
  }

  #isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  #enter(state: ConsumerState, reason: string | undefined): void {
    const changed = state !== this.#state;
    // Once it closes, nothing that happens on the way brings it back.
    if (this.#isClosing() && state !== 'closed') return;
    this.#state = state;
    this.#reason = reason;
    if (changed) for (const listener of this.#listeners) listener(this.status());
  }
}

function describeEnd(error: unknown): string {
  return error instanceof Error ? `${describeError(error)}: ${error.message}` : describeError(error);
}
