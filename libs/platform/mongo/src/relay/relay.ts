import { Metrics, type Logger } from '@index766/platform-observability';
import type { MongoDatabase } from '../connection/mongo-database';
import { isDatabaseAway } from '../failures/database-failure';
import { OUTBOX_METRICS, RELAY_METRICS } from '../mongo-metrics';
import { endsWithin, pause } from '../timing';
import { Outbox, type OutboxCollection, type SlotBacklog } from './outbox';
import { RelayLane, type Obstacle, type RecordSender } from './relay-lane';
import { SlotLeases } from './slot-leases';

/** So many rounds of one outbox overlap: while one waits for the broker, another reads or clears. */
const LANES_PER_OUTBOX = 2;
const OVERDUE_MS = 300_000;
const DRAIN_POLL_MS = 20;
/** Measuring reads every waiting document: after an outage it must not take the database's time from sending them. */
const BACKLOG_REST = 10;
/** Times the interval of sweeps: a measurement that is not older stands for one. */
const MEASURED_LATELY = 2;

export interface RelayOptions {
  /** Names the leases; the same for all members of a service: `dossiers`. */
  readonly name: string;
  /** All have the same number of slots. */
  readonly outboxes: readonly OutboxCollection[];
  readonly slots: number;
  readonly sender: RecordSender;
  readonly log?: Logger;
  /** The service's registry. */
  readonly metrics?: Metrics;
  /** A dead member's slots are taken over after this time; default 6,000. */
  readonly leaseMs?: number;
  /** Between sweeps for entries that no wake-up announced; default 1,000, a quarter while other members save too. */
  readonly sweepMs?: number;
  /** Between measurements of what waits; default 1,000, longer when much waits. */
  readonly backlogMs?: number;
  /** An entry that waits for longer while the broker answers is an alarm; default 300,000. */
  readonly overdueMs?: number;
}

export interface RelayStatus {
  readonly running: boolean;
  readonly leasedSlots: readonly number[];
  readonly pendingEntries: number;
  readonly oldestPendingAgeSeconds: number;
  /** Why nothing moves at present. */
  readonly blockedBy: Obstacle | undefined;
  /** An entry has waited for more than 5 minutes (`overdueMs`). */
  readonly overdue: boolean;
}

/**
 * Carries waiting records from the outboxes to the broker. Members of a service share the slots by leases. Nothing is
 * lost: a record is taken out after the broker has it. A crash, a lost lease, a cut connection only repeat sends, and a
 * key's records first arrive in the order of their sequence.
 */
export class Relay {
  readonly name: string;
  readonly #metrics: Metrics;
  readonly #leases: SlotLeases;
  readonly #outboxes: readonly { readonly collection: string; readonly outbox: Outbox; readonly lanes: readonly RelayLane[] }[];
  readonly #leaseMs: number;
  readonly #sweepMs: number;
  readonly #overdueMs: number;
  readonly #stopping = new AbortController();
  #loops: Promise<unknown> = Promise.resolve();
  #running = false;
  #leasesLost = false;
  #pendingEntries = 0;
  #backlogTookMs = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #oldestPending: number | undefined;
  #toldOverdue = false;

  constructor(
    private readonly database: MongoDatabase,
    private readonly options: RelayOptions,
  ) {
    this.name = options.name;
    this.#metrics = options.metrics ?? new Metrics();
    this.#leaseMs = options.leaseMs ?? 6_000;
    this.#sweepMs = options.sweepMs ?? 1_000;
    this.#overdueMs = options.overdueMs ?? OVERDUE_MS;
    this.#leases = new SlotLeases(database, options.name, options.slots, this.#leaseMs);
    this.#outboxes = options.outboxes.map((outboxCollection) => {
      const outbox = new Outbox(database, outboxCollection);
      const lanes = Array.from({ length: Math.min(LANES_PER_OUTBOX, options.slots) }, () => this.newLane(outbox));
      return { collection: outboxCollection.collection, outbox, lanes };
    });
    this.observe();
  }

  /** Takes its share of the slots and begins. Resolves also while the database is away: it goes on trying. */
  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (const lane of this.lanes()) lane.start();
    await this.renewLeases();
    this.#loops = Promise.all([
      this.repeat(() => this.renewLeases(), () => this.#leaseMs / 3),
      this.repeat(() => this.sweepUnlessMeasured(), () => (this.#leases.isAlone() ? this.#sweepMs : this.#sweepMs / 4)),
      this.repeat(() => this.measureBacklog(), () => Math.max(this.options.backlogMs ?? 1_000, BACKLOG_REST * this.#backlogTookMs)),
    ]);
  }

  /** Ends the rounds that are going on and gives the leases back; after `timeoutMs` it leaves that to their end. */
  async stop(timeoutMs = 2_000): Promise<void> {
    if (!this.#running) return;
    this.#running = false;
    this.#stopping.abort();
    const ended = Promise.all([this.#loops, ...this.lanes().map((lane) => lane.stop())])
      .then(() => this.#leases.giveAllBack())
      .catch((error: unknown) => this.options.log?.warn({ err: error }, 'the relay ended without giving its leases back'));
    await endsWithin(ended, timeoutMs);
  }

  /** Something was saved in these slots (of one collection, if it is named). Cheap; never throws. */
  wake(slots: Iterable<number>, collection?: string): void {
    const saved = [...slots];
    for (const outbox of this.#outboxes) {
      if (collection === undefined || outbox.collection === collection) wakeLanes(outbox.lanes, saved);
    }
  }

  /** For readiness and alarms; no I/O. Pending entries are about a second old, older when much waits. */
  status(): RelayStatus {
    const oldest = this.#oldestPending;
    const age = oldest === undefined ? 0 : Math.max(0, (this.database.now() - oldest) / 1_000);
    return {
      running: this.#running,
      leasedSlots: this.#leases.held(),
      pendingEntries: this.#pendingEntries,
      oldestPendingAgeSeconds: age,
      blockedBy: this.obstacle(),
      overdue: age * 1_000 > this.#overdueMs,
    };
  }

  /** No other member of the service was there lately. */
  isAlone(): boolean {
    return this.#leases.isAlone();
  }

  leasedSlots(): readonly number[] {
    return this.#leases.held();
  }

  /** What waits in some slots, over all outboxes, asked now. */
  async backlog(slots: readonly number[]): Promise<SlotBacklog[]> {
    return (await Promise.all(this.#outboxes.map(({ outbox }) => outbox.backlog(slots)))).flat();
  }

  /** True when nothing of the leased slots waits any more; false when it still does after `timeoutMs`. */
  async drained(timeoutMs: number): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const slots = this.#leases.held();
      if (slots.length > 0 && (await this.isEmpty(slots))) return true;
      if (performance.now() >= end) return false;
      this.wake(slots);
      await pause(DRAIN_POLL_MS);
    }
  }

  private async isEmpty(slots: readonly number[]): Promise<boolean> {
    return (await Promise.all(this.#outboxes.map(({ outbox }) => outbox.isEmpty(slots)))).every(Boolean);
  }

  private newLane(outbox: Outbox): RelayLane {
    const { name: relay, sender, log } = this.options;
    const { sent, failures } = this.#metrics.of(RELAY_METRICS);
    return new RelayLane({
      outbox,
      sender,
      log,
      isHeld: (slot) => this.#leases.isHeld(slot),
      onSent: (records) => sent.add({ relay }, records),
      onFailed: (obstacle) => failures.add({ relay, obstacle }),
    });
  }

  private observe(): void {
    const relay = this.name;
    const { sent, failures, leasedSlots } = this.#metrics.of(RELAY_METRICS);
    const { pending, oldestAge } = this.#metrics.of(OUTBOX_METRICS);
    sent.zero({ relay });
    failures.zero({ relay });
    leasedSlots.onScrape((gauge) => gauge.set({ relay }, this.#leases.held().length));
    pending.onScrape((gauge) => gauge.set({ relay }, this.#pendingEntries));
    oldestAge.onScrape((gauge) => gauge.set({ relay }, this.status().oldestPendingAgeSeconds));
  }

  private lanes(): readonly RelayLane[] {
    return this.#outboxes.flatMap(({ lanes }) => lanes);
  }

  private async renewLeases(): Promise<void> {
    const before = new Set(this.#leases.held());
    try {
      await this.#leases.renew(async () => {
        await endsWithin(Promise.all(this.lanes().map((lane) => lane.settled())), this.#leaseMs / 3);
      });
      this.#leasesLost = false;
      this.wake(this.#leases.held().filter((slot) => !before.has(slot)));
    } catch (error) {
      if (!this.#leasesLost) this.logFailure(error, 'the relay could not renew its leases');
      this.#leasesLost = true;
    }
  }

  /** The only member has just been told of all that waits by measuring it: a second look would find the same. */
  private sweepUnlessMeasured(): void {
    const isMeasured = performance.now() - this.#measuredAt < MEASURED_LATELY * this.#sweepMs;
    if (!isMeasured || !this.#leases.isAlone()) this.wake(this.#leases.held());
  }

  /** Wakes the lanes of whatever it finds: that is the sweep for what no wake-up announced, too. */
  private async measureBacklog(): Promise<void> {
    const startedAt = performance.now();
    const slots = this.#leases.held();
    try {
      const backlog = (await Promise.all(this.#outboxes.map(async ({ outbox, lanes }) => {
        const waiting = await outbox.backlog(slots);
        wakeLanes(lanes, waiting.map(({ slot }) => slot));
        return waiting;
      }))).flat();
      this.#measuredAt = performance.now();
      this.#backlogTookMs = this.#measuredAt - startedAt;
      this.#pendingEntries = backlog.reduce((sum, { entries }) => sum + entries, 0);
      this.#oldestPending = oldestOf(backlog);
      this.tellOverdue();
    } catch (error) {
      // The last figures stand, and their age goes on growing; an outage is told by the lanes.
      if (!isDatabaseAway(error)) this.logFailure(error, 'the relay could not measure its backlog');
    }
  }

  /** Once for each time: what waits so long does not mend itself. */
  private tellOverdue(): void {
    const { overdue, oldestPendingAgeSeconds, pendingEntries, blockedBy } = this.status();
    if (overdue && !this.#toldOverdue) {
      this.options.log?.error({ relay: this.name, oldestPendingAgeSeconds, pendingEntries, blockedBy }, 'records wait in the outbox for too long');
    }
    this.#toldOverdue = overdue;
  }

  private obstacle(): Obstacle | undefined {
    if (this.#leasesLost) return 'database';
    return this.lanes().find((lane) => lane.obstacle !== undefined)?.obstacle;
  }

  private logFailure(error: unknown, message: string): void {
    if (isDatabaseAway(error)) this.options.log?.warn({ err: error }, message);
    else this.options.log?.error({ err: error }, message);
  }

  private async repeat(work: () => Promise<void> | void, intervalMs: () => number): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await pause(intervalMs(), signal);
      if (signal.aborted) return;
      await work();
    }
  }
}

function wakeLanes(lanes: readonly RelayLane[], slots: readonly number[]): void {
  for (const [place, lane] of lanes.entries()) {
    const own = slots.filter((slot) => slot % lanes.length === place);
    if (own.length > 0) lane.wake(own);
  }
}

function oldestOf(backlog: readonly SlotBacklog[]): number | undefined {
  return backlog.length === 0 ? undefined : Math.min(...backlog.map(({ oldestAt }) => oldestAt.getTime()));
}
