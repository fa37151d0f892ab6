import type { TopicReader } from '../read/topic-reader';
import type { PartitionEnds } from '../topics/group-offsets';
import { deadLetterTopicOf } from '../topics/topic-plan';
import { OpenLetterCount } from './open-letter-count';

export interface OpenLettersOptions {
  readonly reader: Pick<TopicReader, 'read'>;
  readonly group: string;
  /** Topics that the group reads. */
  readonly topics: readonly string[];
}

interface Counted {
  readonly count: OpenLetterCount;
  /** Offset of the next record of the dead-letter topic. */
  next: bigint;
}

/** Counts what a group has set aside and nobody has resolved. Reads what came since the last look: nothing as a rule. */
export class OpenLetters {
  /** By dead-letter topic. */
  readonly #counted = new Map<string, Counted>();
  readonly #topicOf: ReadonlyMap<string, string>;

  constructor(private readonly options: OpenLettersOptions) {
    this.#topicOf = new Map(options.topics.map((topic) => [deadLetterTopicOf(topic, options.group), topic]));
  }

  /** Names of the dead-letter topics. */
  get letterTopics(): readonly string[] {
    return [...this.#topicOf.keys()];
  }

  /**
   * Open letters by topic that the group reads. One call at a time. Rejects with a `ReadError`; the next look goes on where this one came to.
   *
   * @param ends of dead-letter topics, now; of one that is missing nothing is said
   */
  async look(ends: readonly PartitionEnds[], signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
    for (const { topic, end } of ends) {
      // With less in it than before it was made anew.
      if ((this.#counted.get(topic)?.next ?? end + 1n) > end) this.#counted.set(topic, { count: new OpenLetterCount(), next: 0n });
    }
    const grown = ends.filter(({ topic, end }) => (this.#counted.get(topic)?.next ?? end) < end).map(({ topic }) => topic);
    if (grown.length > 0) await this.#readOn(grown, signal);
    const open = new Map<string, number>();
    for (const { topic: letters, start } of ends) {
      const [topic, counted] = [this.#topicOf.get(letters), this.#counted.get(letters)];
      counted?.count.forgetBefore(start);
      if (topic !== undefined && counted !== undefined) open.set(topic, counted.count.letters);
    }
    return open;
  }

  async #readOn(letterTopics: readonly string[], signal: AbortSignal): Promise<void> {
    const read = await this.options.reader.read({ topics: letterTopics, from: (topic) => this.#counted.get(topic)?.next, signal }, (records) => {
      for (const record of records) {
        const counted = this.#counted.get(record.topic);
        counted?.count.take(record);
        if (counted) counted.next = BigInt(record.offset) + 1n;
      }
      return Promise.resolve();
    });
    for (const { topic, offset } of read) {
      const counted = this.#counted.get(topic);
      if (counted) counted.next = offset;
    }
  }
}
