import { ReadError, type TopicReader } from '@index766/platform-kafka';

import { MaintenanceFailure } from '../../maintenance/maintenance-failure';
import type { TakeRecords, TopicLog } from '../topic-log';

/** What a broker has in its topics, read outside any group that others see. */
export class KafkaTopicLog implements TopicLog {
  constructor(private readonly reader: Pick<TopicReader, 'read' | 'ends'>) {}

  /** To an account that may not read it a topic looks as if it were not there. */
  async mayRead(topic: string): Promise<boolean> {
    try {
      await this.reader.ends([topic]);
      return true;
    } catch (error) {
      if (error instanceof ReadError && error.code === 'READER.UNKNOWN_TOPIC') return false;
      throw failureOf(error);
    }
  }

  async partitionsOf(topic: string): Promise<number> {
    return (await told(this.reader.ends([topic]))).length;
  }

  async read(topics: readonly string[], take: TakeRecords, partition?: number): Promise<void> {
    const isWanted = (_: string, each: number) => partition === undefined || each === partition;
    await told(this.reader.read({ topics, partitions: isWanted }, (records) => {
      take(records);
      return Promise.resolve();
    }));
  }
}

async function told<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw failureOf(error);
  }
}

function failureOf(error: unknown): unknown {
  if (!(error instanceof ReadError)) return error;
  return new MaintenanceFailure(error.code === 'READER.UNKNOWN_TOPIC'
    ? `The broker has not, or this account may not read, what editions are made of: ${error.message}.`
    : `The topics could not be read to their ends: ${error.message}.`);
}
