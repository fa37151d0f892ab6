import type { RawHeaders } from '@index766/contracts-envelope';
import type { Instant } from '@index766/kernel';
import type { IncomingRecord } from '../consume/incoming-record';
import { placeRecords } from '../consume/watermarks';
import type { ReadProgress } from './read-progress';

/** A batch as it was fetched. */
export interface FetchedBatch {
  readonly topic: string;
  readonly partition: number;
  readonly messages: readonly { readonly offset: string; readonly key: Buffer | null; readonly headers?: RawHeaders; readonly value: Buffer | null }[];
  /** Of the last record in the log that belongs to it, seen or not. */
  readonly lastOffset: string;
}

/** What `onRecords` threw: passed on to the caller as it is. */
export class FailedRecords extends Error {
  constructor(readonly error: unknown) {
    super('the records were not taken', { cause: error });
  }
}

/** Hands on each record once, one call after another, however often and by whichever consumer it was fetched. */
export class Delivery {
  readonly #watermarks = new Map<string, Instant>();
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #ended = false;

  constructor(
    readonly progress: ReadProgress,
    private readonly onRecords: (records: readonly IncomingRecord[]) => Promise<void>,
  ) {}

  /** A batch is waiting for the caller or on its way to it. */
  get inWork(): boolean {
    return this.#waiting > 0;
  }

  /** Nothing more is handed on; resolves when the call under way has ended. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#tail;
  }

  /** Answers whether the partition is read to its end. Rejects with `FailedRecords`; nothing follows after that. */
  async take(batch: FetchedBatch): Promise<boolean> {
    this.#waiting += 1;
    const taken = this.#tail.then(() => this.#handOn(batch));
    this.#tail = taken.catch(() => undefined);
    try {
      return await taken;
    } finally {
      this.#waiting -= 1;
    }
  }

  async #handOn({ topic, partition, messages, lastOffset }: FetchedBatch): Promise<boolean> {
    if (this.#ended) return false;
    const wanted = this.progress.wanted(topic, partition, messages);
    const records = this.#place(topic, partition, wanted);
    try {
      if (records.length > 0) await this.onRecords(records);
    } catch (error) {
      this.#ended = true;
      throw new FailedRecords(error);
    }
    return this.progress.passed(topic, partition, wanted.at(-1)?.offset, lastOffset);
  }

  #place(topic: string, partition: number, messages: FetchedBatch['messages']): readonly IncomingRecord[] {
    const key = `${topic}/${partition}`;
    const placed = placeRecords(messages.map((message) => ({ ...message, headers: message.headers ?? {} })), this.#watermarks.get(key));
    const last = placed.findLast(({ watermark }) => watermark !== undefined)?.watermark;
    if (last !== undefined) this.#watermarks.set(key, last);
    return placed.map(({ raw: { offset, key: recordKey, headers, value }, knownAfter }) => ({
      topic, partition, offset, key: recordKey, headers, value, knownAfter,
    }));
  }
}
