import { encodeRecord, encodeWatermark, envelopeOf, type DataOf, type FactContract, type TopicContract } from '@index766/contracts-envelope';
import { latest, type Instant } from '@index766/kernel';
import { partitionOf, type IncomingRecord, type OutgoingRecord } from '@index766/platform-kafka';

import type { TakeRecords, TopicLog } from '../recomputing/topic-log';

/** Topics in memory, as somebody may read them: records and watermarks in the order in which they were sent. */
export class InMemoryTopicLog implements TopicLog {
  private readonly records: IncomingRecord[] = [];
  private readonly watermarks = new Map<string, Instant>();
  /** Topics that the account may not read. */
  readonly refused = new Set<string>();

  constructor(private readonly partitions: number) {}

  /** Told when it happened. */
  tell<Fact extends FactContract>(topic: TopicContract, contract: Fact, subject: string, sequence: number, data: DataOf<Fact>, at: Instant): void {
    const envelope = envelopeOf(topic, { type: contract.type, occurredAt: at, recordedAt: at, subject, sequence });
    this.send({ topic: topic.name, ...encodeRecord(envelope, data, contract) });
  }

  send({ topic, key, headers, value, partition = partitionOf(key, this.partitions) }: OutgoingRecord): void {
    const offset = String(this.records.length);
    this.records.push({
      topic, partition, offset, key: Buffer.from(key), headers, value: value === null ? null : Buffer.from(value), knownAfter: this.watermarks.get(`${topic} ${partition}`),
    });
  }

  /** In every partition of a topic: what is sent later is known after it. */
  passed({ name, producer }: TopicContract, instant: Instant): void {
    for (let partition = 0; partition < this.partitions; partition += 1) {
      this.send({ topic: name, partition, ...encodeWatermark(producer, instant) });
      const place = `${name} ${partition}`;
      this.watermarks.set(place, latest(this.watermarks.get(place) ?? instant, instant));
    }
  }

  /** With some records otherwise, or more often, or not at all. */
  with(change: (record: IncomingRecord) => readonly IncomingRecord[]): InMemoryTopicLog {
    const changed = new InMemoryTopicLog(this.partitions);
    changed.records.push(...this.records.flatMap(change));
    for (const topic of this.refused) changed.refused.add(topic);
    return changed;
  }

  /** All of a topic, in their order. */
  of({ name }: Pick<TopicContract, 'name'>): readonly IncomingRecord[] {
    return this.records.filter(({ topic }) => topic === name);
  }

  mayRead(topic: string): Promise<boolean> {
    return Promise.resolve(!this.refused.has(topic));
  }

  partitionsOf(): Promise<number> {
    return Promise.resolve(this.partitions);
  }

  read(topics: readonly string[], take: TakeRecords, wanted?: number): Promise<void> {
    const refused = topics.find((topic) => this.refused.has(topic));
    if (refused !== undefined) return Promise.reject(new Error(`${refused} may not be read`));
    // Topic after topic: nobody is promised another order across topics.
    for (const topic of topics) {
      for (let partition = 0; partition < this.partitions; partition += 1) {
        if (wanted === undefined || wanted === partition) take(this.records.filter((record) => record.topic === topic && record.partition === partition));
      }
    }
    return Promise.resolve();
  }
}
