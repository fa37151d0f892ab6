import { createKafkaClient, deadLetterTopicOf, DeadLetters, Publisher, TopicAdmin, TopicReader, type LoggedLetter } from '@index766/platform-kafka';
import { readTopic, until, type RawRecord } from '@index766/testing-integration';

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A group and its dead letters, seen from outside as an operator sees them. Close it at the end. */
export class LettersOfGroup {
  private readonly publisher: Publisher;
  private readonly admin: TopicAdmin;
  private readonly deadLetters: DeadLetters;

  constructor(private readonly brokers: readonly string[], private readonly group: string, private readonly topics: readonly string[]) {
    const client = createKafkaClient({ brokers, clientId: 'specs' }, SILENT);
    this.publisher = new Publisher({ client });
    this.admin = new TopicAdmin(client);
    this.deadLetters = new DeadLetters({ reader: new TopicReader({ client, group: 'specs' }), sender: this.publisher, isCompacted: () => false });
  }

  /** Waits until everything that stands in the topics is committed. */
  async untilAllRead(): Promise<void> {
    await until(async () => (await this.admin.groupLag(this.group, this.topics)).every(({ lag }) => lag === 0n), { what: `${this.group} to read everything`, timeoutMs: 60_000 });
  }

  async open(topic: string): Promise<readonly LoggedLetter[]> {
    return (await this.deadLetters.list([deadLetterTopicOf(topic, this.group)])).filter(({ resolution }) => !resolution);
  }

  /** The open letters about records of a key. */
  async about(topic: string, key: string): Promise<readonly LoggedLetter[]> {
    return (await this.open(topic)).filter((letter) => letter.key !== null && Buffer.from(letter.key).toString() === key);
  }

  /** Headers and values that were set aside, by offset, without what the runtime added. */
  async records(topic: string): Promise<ReadonlyMap<bigint, Pick<RawRecord, 'headers' | 'value'>>> {
    const records = await readTopic(deadLetterTopicOf(topic, this.group), { brokers: this.brokers });
    return new Map(records.map(({ offset, headers, value }) =>
      [offset, { value, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('dlt-'))) }]));
  }

  async replay(letters: readonly LoggedLetter[]): Promise<void> {
    await this.deadLetters.replay(letters, 'specs');
  }

  close(): Promise<void> {
    return this.publisher.close();
  }
}
