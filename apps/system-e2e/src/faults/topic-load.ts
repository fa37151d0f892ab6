import { setTimeout as pause } from 'node:timers/promises';
import { sendRecords, type RawRecord } from '@index766/testing-integration';
import { interleaved } from '../test/seeded-order';
import { PacedWork } from '../test/paced-work';
import { inGroups } from '../test/parcels';

/** Records of one topic that are sent together. */
export interface TopicParcel {
  readonly topic: string;
  readonly records: readonly RawRecord[];
}

const RECORDS_PER_PARCEL = 12;
const LANES = 1;
const GAP_MS = 100;
const SENT_WITHIN_MS = 180_000;

/** A few records at a time, topics mixed, those of one topic in their order: of a key never a later one before an earlier one. */
export function topicParcelsOf(topics: ReadonlyMap<string, readonly RawRecord[]>, next: () => number): readonly TopicParcel[] {
  return [...topics]
    .map(([topic, records]) => inGroups(records, RECORDS_PER_PARCEL).map((group): TopicParcel => ({ topic, records: group })))
    .reduce<readonly TopicParcel[]>((some, others) => interleaved(some, others, next), []);
}

/** Sends records straight to the broker; one that was acknowledged to nobody is sent again. */
export function startTopicLoad(parcels: readonly TopicParcel[], broker: string): PacedWork<TopicParcel> {
  return new PacedWork(parcels, LANES, async ({ topic, records }) => {
    await pause(GAP_MS);
    for (const end = Date.now() + SENT_WITHIN_MS; ;) {
      try {
        await sendRecords(topic, records.map(({ key, value, headers, partition }) => ({ key, value, headers, partition })), [broker]);
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  });
}
