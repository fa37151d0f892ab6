import type { EachBatchPayload, KafkaMessage } from 'kafkajs';

/** What is left to do of a batch that a fetch brought. */
export class FetchedBatch {
  readonly topic: string;
  readonly #messages: readonly KafkaMessage[];
  #next = 0;

  constructor(readonly payload: EachBatchPayload) {
    this.topic = payload.batch.topic;
    this.#messages = payload.batch.messages;
  }

  get head(): KafkaMessage | undefined {
    return this.#messages[this.#next];
  }

  /** Up to this offset everything is taken; before the first one it is that before the batch. */
  get lastOffset(): string {
    // A batch may end in control records or in records that compaction took: it ends where they do.
    if (this.head === undefined) return this.payload.batch.lastOffset();
    const taken = this.#messages[this.#next - 1];
    return taken === undefined ? String(BigInt(this.head.offset) - 1n) : taken.offset;
  }

  /** Records of the partition behind those that were taken, as far as the fetch told. */
  get behind(): number {
    return Math.max(0, Number(BigInt(this.payload.batch.highWatermark) - BigInt(this.lastOffset) - 1n));
  }

  take(): KafkaMessage | undefined {
    const { head } = this;
    if (head !== undefined) this.#next += 1;
    return head;
  }
}

/** Some records of one batch, in the order of the log; what they leave of it. */
export interface BatchPart {
  readonly topic: string;
  readonly payload: EachBatchPayload;
  readonly messages: readonly KafkaMessage[];
  readonly last: string;
  readonly behind: number;
}

/**
 * Takes the next records of all batches, the earlier ones first, so that what was told of one key in several topics at about
 * the same time is worked on together. The order within a topic stays that of its log. None: nothing is left.
 */
export function nextChunk(batches: readonly FetchedBatch[], most: number): readonly BatchPart[] {
  const taken = new Map<FetchedBatch, KafkaMessage[]>();
  for (let count = 0; count < most; count += 1) {
    const batch = earliestOf(batches);
    const message = batch?.take();
    if (batch === undefined || message === undefined) break;
    const before = taken.get(batch);
    if (before) before.push(message);
    else taken.set(batch, [message]);
  }
  return [...taken].map(([batch, messages]) => ({ topic: batch.topic, payload: batch.payload, messages, last: batch.lastOffset, behind: batch.behind }));
}

function earliestOf(batches: readonly FetchedBatch[]): FetchedBatch | undefined {
  let earliest: FetchedBatch | undefined;
  let earliestAt = Infinity;
  for (const batch of batches) {
    const { head } = batch;
    if (head === undefined) continue;
    const at = Number(head.timestamp);
    if (earliest !== undefined && at >= earliestAt) continue;
    earliest = batch;
    earliestAt = at;
  }
  return earliest;
}
