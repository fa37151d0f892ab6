import { PublishError } from './publish-error';
import type { WireMessage } from './wire-message';

/** One call of `send`: done when all its parts are, failed with the first that fails. */
interface Ticket {
  readonly resolve: () => void;
  readonly reject: (error: PublishError) => void;
  openParts: number;
  failed: boolean;
}

/** What of one call goes out in one request. */
export interface SendPart {
  readonly messages: readonly WireMessage[];
  readonly size: number;
  readonly ticket: Ticket;
}

export interface SendLimits {
  /** Of one request. */
  readonly batchRecords: number;
  /** Of one request; below the broker's `message.max.bytes`, as all may go to one partition. */
  readonly batchBytes: number;
  /** That may wait; one call of `send` is taken whatever its size when nothing waits. */
  readonly queuedRecords: number;
}

/** Calls of `send` in their order, cut into parts that fit a request; a request takes parts of several calls. */
export class SendQueue {
  readonly #limits: SendLimits;
  #parts: SendPart[] = [];
  #records = 0;

  constructor(limits: SendLimits) {
    this.#limits = limits;
  }

  get records(): number {
    return this.#records;
  }

  /** Resolves or rejects when `settle` was called for all parts. */
  add(messages: readonly WireMessage[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    const tooLarge = messages.find(({ size }) => size > this.#limits.batchBytes);
    if (tooLarge) {
      return Promise.reject(
        new PublishError('PUBLISHER.TOO_LARGE', `a record for ${tooLarge.topic} has more than ${this.#limits.batchBytes} bytes`, false),
      );
    }
    if (this.#records > 0 && this.#records + messages.length > this.#limits.queuedRecords) {
      return Promise.reject(new PublishError('PUBLISHER.QUEUE_FULL', `${this.#records} records wait already`, true));
    }
    return new Promise((resolve, reject) => {
      const cuts = this.#cut(messages);
      const ticket: Ticket = { resolve, reject, openParts: cuts.length, failed: false };
      for (const { part, size } of cuts) this.#parts.push({ messages: part, size, ticket });
      this.#records += messages.length;
    });
  }

  /** The next parts that fit one request together; none when nothing waits. */
  take(): readonly SendPart[] {
    let records = 0;
    let size = 0;
    let count = 0;
    for (const part of this.#parts) {
      records += part.messages.length;
      size += part.size;
      if (count > 0 && (records > this.#limits.batchRecords || size > this.#limits.batchBytes)) break;
      count += 1;
    }
    const taken = this.#parts.splice(0, count);
    for (const part of taken) this.#records -= part.messages.length;
    return taken;
  }

  /** Ends a part. A failed one takes the later parts of its call with it: they may not overtake it. */
  settle(part: SendPart, error?: PublishError): void {
    const { ticket } = part;
    ticket.openParts -= 1;
    if (ticket.failed) return;
    if (error) {
      ticket.failed = true;
      this.#drop((waiting) => waiting.ticket === ticket);
      ticket.reject(error);
    } else if (ticket.openParts === 0) {
      ticket.resolve();
    }
  }

  /** Rejects all that waits. */
  rejectAll(error: PublishError): void {
    for (const part of this.#drop(() => true)) this.settle(part, error);
  }

  #drop(matches: (part: SendPart) => boolean): readonly SendPart[] {
    const dropped = this.#parts.filter(matches);
    this.#parts = this.#parts.filter((part) => !matches(part));
    for (const part of dropped) this.#records -= part.messages.length;
    return dropped;
  }

  #cut(messages: readonly WireMessage[]): { part: WireMessage[]; size: number }[] {
    const cuts: { part: WireMessage[]; size: number }[] = [];
    for (const message of messages) {
      const last = cuts.at(-1);
      if (last && last.part.length < this.#limits.batchRecords && last.size + message.size <= this.#limits.batchBytes) {
        last.part.push(message);
        last.size += message.size;
      } else {
        cuts.push({ part: [message], size: message.size });
      }
    }
    return cuts;
  }
}
