import { earliest, type Instant } from '@index766/kernel';
import {
  deadLetterTopicOf, DeadLetters, Publisher, TopicReader, type DeadLetter, type LoggedLetter, type ReplayReport,
} from '@index766/platform-kafka';
import type { BrokerConfig } from '../ops.config';
import { brokerClient, reachBroker } from './broker-client';
import { TOPIC_MANIFEST, type GroupName } from './topic-manifest';

/** A dead-letter topic of the manifest. */
export interface LetterTopic {
  readonly letters: string;
  readonly topic: string;
  readonly group: GroupName;
}

export const LETTER_TOPICS: readonly LetterTopic[] = TOPIC_MANIFEST.groups.flatMap(({ group, topics }) =>
  topics.map((topic) => ({ letters: deadLetterTopicOf(topic, group), topic, group })));

const COMPACTED = new Set<string>(TOPIC_MANIFEST.topics.filter(({ retention }) => retention === 'compacted').map(({ name }) => name));

/** What was set aside, looked at and resolved for an operator. Close it at the end. */
export class LetterDesk {
  private readonly publisher: Publisher;
  private readonly deadLetters: DeadLetters;

  constructor(config: BrokerConfig) {
    const client = brokerClient(config);
    this.publisher = new Publisher({ client });
    this.deadLetters = new DeadLetters({
      reader: new TopicReader({ client, group: 'ops' }), sender: this.publisher, isCompacted: (topic) => COMPACTED.has(topic),
    });
  }

  list(topics: readonly LetterTopic[] = LETTER_TOPICS): Promise<readonly LoggedLetter[]> {
    return reachBroker(() => this.deadLetters.list(topics.map(({ letters }) => letters)));
  }

  find(letters: string, offset: bigint): Promise<LoggedLetter | undefined> {
    return reachBroker(() => this.deadLetters.find(letters, offset));
  }

  originalOf(letter: LoggedLetter): Promise<DeadLetter['original'] | undefined> {
    return reachBroker(() => this.deadLetters.originalOf(letter));
  }

  replay(letters: readonly LoggedLetter[], by: string): Promise<ReplayReport> {
    return reachBroker(() => this.deadLetters.replay(letters, by));
  }

  drop(letter: LoggedLetter, reason: string, by: string): Promise<void> {
    return reachBroker(() => this.deadLetters.drop(letter, reason, by));
  }

  close(): Promise<void> {
    return this.publisher.close();
  }
}

/** Open letters of a group and topic. */
export interface OpenLetters extends Omit<LetterTopic, 'letters'> {
  readonly records: number;
  /** When the first of them was set aside; undefined: none says so. */
  readonly since: Instant | undefined;
}

/** How many letters are open, by group and topic; those without any are left out. */
export async function openLetters(config: BrokerConfig): Promise<readonly OpenLetters[]> {
  const desk = new LetterDesk(config);
  try {
    const open = (await desk.list()).filter(({ resolution }) => !resolution);
    return LETTER_TOPICS.flatMap(({ letters, topic, group }) => {
      const ofTopic = open.filter((letter) => letter.letters === letters);
      const since = ofTopic.reduce<Instant | undefined>((first, { letter }) => (first && letter ? earliest(first, letter.failedAt) : first ?? letter?.failedAt), undefined);
      return ofTopic.length === 0 ? [] : [{ group, topic, records: ofTopic.length, since }];
    });
  } finally {
    await desk.close();
  }
}
