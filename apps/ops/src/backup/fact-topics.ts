import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { deadLetterTopicOf, Publisher, TopicReader, type KafkaClient } from '@index766/platform-kafka';
import { TOPIC_MANIFEST } from '../services/topic-manifest';
import type { TopicFile } from './backup-list';
import { framePages, FrameWriter } from './frames';
import { recordFrame, recordIn } from './record-frame';

const FOLDER = 'topics';
const PAGE = 1_000;

/** What is kept for a day follows from the rest. */
const KEPT: readonly string[] = TOPIC_MANIFEST.topics.filter(({ retention }) => retention !== 'day').map(({ name }) => name);

/** Topics that a backup has: all that is kept, and what was set aside of it. */
export const BACKED_UP_TOPICS: readonly string[] = [
  ...KEPT,
  ...TOPIC_MANIFEST.groups.flatMap(({ group, topics }) => topics.filter((topic) => KEPT.includes(topic)).map((topic) => deadLetterTopicOf(topic, group))),
];

/** Topics of facts, copied record by record and put back into empty ones. */
export class FactTopics {
  private readonly reader: TopicReader;

  constructor(private readonly client: KafkaClient) {
    this.reader = new TopicReader({ client, group: 'ops.backup' });
  }

  /** Writes what is in the topics now below the folder, a file for each. All are read up to where they ended at one moment. */
  async copyTo(folder: string): Promise<readonly TopicFile[]> {
    mkdirSync(path.join(folder, FOLDER), { recursive: true, mode: 0o700 });
    const files = BACKED_UP_TOPICS.map((topic) => ({ topic, file: path.join(FOLDER, `${topic}.records.gz`) }));
    const writers = new Map(files.map(({ topic, file }) => [topic, new FrameWriter(path.join(folder, file))]));
    const ends = await this.reader.read({ topics: BACKED_UP_TOPICS }, async (records) => {
      const [{ topic } = { topic: '' }] = records;
      await writers.get(topic)?.write(records.map(recordFrame));
    });
    const written: TopicFile[] = [];
    for (const { topic, file } of files) {
      const partitions = ends.filter((end) => end.topic === topic).length;
      const writer = writers.get(topic);
      if (writer !== undefined) written.push({ topic, partitions, file, ...await writer.end() });
    }
    return written;
  }

  /** Names of topics that have records. */
  async inUse(): Promise<readonly string[]> {
    const ends = await this.reader.ends(BACKED_UP_TOPICS);
    return [...new Set(ends.filter(({ end }) => end > 0n).map(({ topic }) => topic))];
  }

  /** Topics whose number of partitions is another one than they had: their records would go to other places. */
  async unfit(files: readonly TopicFile[]): Promise<readonly string[]> {
    const ends = await this.reader.ends(BACKED_UP_TOPICS);
    return files.filter(({ topic, partitions }) => ends.filter((end) => end.topic === topic).length !== partitions).map(({ topic }) => topic);
  }

  /** Each record goes to the partition that it came from, in its order there. */
  async putBack(folder: string, files: readonly TopicFile[]): Promise<void> {
    const publisher = new Publisher({ client: this.client });
    try {
      for (const { topic, file } of files) {
        for await (const page of framePages(path.join(folder, file), PAGE)) {
          await publisher.sendVerbatim(page.map((frame) => ({ topic, ...recordIn(frame) })));
        }
      }
    } finally {
      await publisher.close();
    }
  }
}
