import { Deferred } from '../deferred';

/**
 * Lets callers wait for a heartbeat that was sent after they asked and that the coordinator accepted: until it was sent, nobody
 * else was given the partitions of this member. One that was sent before says nothing of now, as its answer may have been lying
 * in the socket of a process that was stopped.
 */
export class ConfirmedHeartbeats {
  #sentAt = Number.NEGATIVE_INFINITY;
  #waiting: readonly { readonly askedAt: number; readonly answer: Deferred }[] = [];

  /** @param askedAt by the same clock as `answered` */
  next(askedAt: number): Promise<void> {
    const answer = new Deferred();
    this.#waiting = [...this.#waiting, { askedAt, answer }];
    return answer.promise;
  }

  /** A heartbeat that was sent then has its answer, whatever it says. */
  answered(sentAt: number): void {
    this.#sentAt = sentAt;
  }

  /** The heartbeat that was answered last was accepted. */
  accepted(): void {
    const isConfirmed = ({ askedAt }: { readonly askedAt: number }) => this.#sentAt > askedAt;
    for (const { answer } of this.#waiting.filter(isConfirmed)) answer.resolve();
    this.#waiting = this.#waiting.filter((waiting) => !isConfirmed(waiting));
  }

  /** The partitions are not this member's any more, or nobody can say so. */
  refused(reason: Error): void {
    for (const { answer } of this.#waiting) answer.reject(reason);
    this.#waiting = [];
  }
}
