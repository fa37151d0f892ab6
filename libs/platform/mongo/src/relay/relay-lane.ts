import type { Logger } from '@index766/platform-observability';
import { headersOf } from '../aggregate/outbox-entry';
import { isDatabaseAway } from '../failures/database-failure';
import { pause } from '../timing';
import type { Outbox, OutboxDocument } from './outbox';

const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;
/** Rest of a lane after a round that left nothing behind. */
const REST_MS = 200;
/**
 * After a large round it rests longer: while much is written nobody waits for a single record, and what is saved of a
 * dossier meanwhile is sent, cleared and taken in by its readers together.
 */
const LONGEST_REST_MS = 1_000;
const LARGE_ROUND_DOCUMENTS = 100;
const REST_PER_FURTHER_DOCUMENT_MS = 5;

/** One record on its way out. */
export interface RelayRecord {
  readonly topic: string;
  readonly key: string;
  /** The slot of its document: where its watermarks stand, too. */
  readonly partition: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Uint8Array | null;
}

/** The way out: resolves when the broker has all of them, in order per key. platform-kafka's Publisher fits. */
export interface RecordSender {
  send(records: readonly RelayRecord[]): Promise<void>;
}

export type Obstacle = 'broker' | 'database';

export interface RelayLaneOptions {
  readonly outbox: Outbox;
  readonly sender: RecordSender;
  readonly isHeld: (slot: number) => boolean;
  readonly log: Logger | undefined;
  readonly onSent: (records: number) => void;
  readonly onFailed: (obstacle: Obstacle) => void;
}

/**
 * Some slots of one outbox, worked through one round after another: read, send, clear. Rounds of a lane never overlap,
 * and a key is in one document of one slot of one lane: that is the order. Lanes overlap with each other, so that
 * Kafka and the database work at the same time.
 */
export class RelayLane {
  readonly #due = new Set<number>();
  readonly #stopping = new AbortController();
  #oneByOne = false;
  #obstacle: Obstacle | undefined;
  #backoffMs = FIRST_BACKOFF_MS;
  #wakeUp: (() => void) | undefined;
  #round: Promise<unknown> = Promise.resolve();
  #running: Promise<void> | undefined;

  constructor(private readonly options: RelayLaneOptions) {}

  /** Why this lane does not get on; undefined while it does. */
  get obstacle(): Obstacle | undefined {
    return this.#obstacle;
  }

  start(): void {
    this.#running ??= this.run();
  }

  /** Resolves after the current round. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp?.();
    await this.#running;
  }

  wake(slots: Iterable<number>): void {
    for (const slot of slots) this.#due.add(slot);
    this.#wakeUp?.();
  }

  /** Resolves when the round that is going on now has ended. */
  async settled(): Promise<void> {
    await this.#round;
  }

  private async run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const slots = this.takeDue();
      if (slots.length === 0) {
        // What was in the way was in the way of slots that are another member's by now.
        this.#obstacle = undefined;
        await this.nextWakeUp();
        continue;
      }
      const round = this.carry(slots);
      this.#round = round;
      const carried = await round;
      if (carried === undefined) await pause(this.nextBackoff(), this.#stopping.signal);
      // What is saved meanwhile goes out together: a round costs the same for one document and for a hundred.
      else if (!this.#oneByOne) await pause(restAfter(carried), this.#stopping.signal);
    }
  }

  /**
   * All due slots at once; under a backlog of more than one round one slot after another, so that a full one does not
   * keep the others waiting. What is not held (any more) is dropped: its new holder sweeps.
   */
  private takeDue(): number[] {
    const due = [...this.#due].filter((slot) => this.options.isHeld(slot));
    const slots = this.#oneByOne ? due.slice(0, 1) : due;
    this.#due.clear();
    for (const slot of due.slice(slots.length)) this.#due.add(slot);
    return slots;
  }

  private async nextWakeUp(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wakeUp = resolve;
    });
    this.#wakeUp = undefined;
  }

  /** One round; answers how many documents it carried, undefined when something was in the way. */
  private async carry(slots: readonly number[]): Promise<number | undefined> {
    let step: Obstacle = 'database';
    try {
      const { documents, complete } = await this.options.outbox.read(slots);
      if (documents.length > 0) {
        const records = documents.flatMap(toRelayRecords);
        step = 'broker';
        if (records.length > 0) await this.options.sender.send(records);
        step = 'database';
        await this.options.outbox.clear(documents);
        this.options.onSent(records.length);
      }
      if (!complete) this.wake(slots);
      this.#oneByOne = !complete || (this.#oneByOne && this.#due.size > 0);
      this.#obstacle = undefined;
      this.#backoffMs = FIRST_BACKOFF_MS;
      return documents.length;
    } catch (error) {
      // One after another: what the broker refuses of one slot must not hold up the others.
      this.wake(slots);
      this.#oneByOne = true;
      this.options.onFailed(step);
      this.report(step, error);
      this.#obstacle = step;
      return undefined;
    }
  }

  private nextBackoff(): number {
    const backoff = this.#backoffMs;
    this.#backoffMs = Math.min(backoff * 2, LONGEST_BACKOFF_MS);
    return backoff;
  }

  private report(step: Obstacle, error: unknown): void {
    // An outage is told once, when it begins; what it held up goes when it ends.
    if (this.#obstacle === step) return;
    if (step === 'database' && !isDatabaseAway(error)) this.options.log?.error({ err: error }, 'the relay failed at the database');
    else this.options.log?.warn({ err: error, obstacle: step }, 'the relay waits');
  }
}

/** Rest in milliseconds after a round of so many documents. */
export function restAfter(documents: number): number {
  return Math.min(LONGEST_REST_MS, REST_MS + REST_PER_FURTHER_DOCUMENT_MS * Math.max(0, documents - LARGE_ROUND_DOCUMENTS));
}

function toRelayRecords({ slot, entries }: OutboxDocument): RelayRecord[] {
  return entries.map((entry) => {
    const { topic, key, value } = entry;
    return { topic, key, partition: slot, headers: headersOf(entry), value };
  });
}
