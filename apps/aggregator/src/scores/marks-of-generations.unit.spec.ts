import { instantOf, type UnitCode } from '@index766/kernel';
import type { IncomingRecord, OutgoingRecord } from '@index766/platform-kafka';

import { KafkaMarks } from './adapters/kafka-marks';
import { MarkBatchHandler } from './mark.batch-handler';

const UNIT = 'H44.114' as UnitCode;
const ROOT = 'H44' as UnitCode;

const markOf = async (generation: number): Promise<IncomingRecord> => {
  const sent: OutgoingRecord[] = [];
  const sender = {
    send: (records: readonly OutgoingRecord[]) => {
      sent.push(...records);
      return Promise.resolve();
    },
  };
  await new KafkaMarks({ sender, generation, rootsNow: () => () => [ROOT], now: () => instantOf(1_790_000_000_000) }).mark([UNIT]);
  const [record] = sent;
  if (record === undefined) throw new Error('no mark was sent');
  const { key, headers, value, topic } = record;
  return { topic, partition: 0, offset: '0', key: Buffer.from(key), headers, value: value && Buffer.from(value), knownAfter: undefined };
};
const readBy = (generation: number) =>
  new MarkBatchHandler({ merge: () => Promise.resolve(), forget: () => undefined }, generation, 0);

describe('a mark of a unit that moved', () => {
  it('goes to each root that has figures of it', async () => {
    const keys: string[] = [];
    const sender = { send: (records: readonly OutgoingRecord[]) => Promise.resolve(void keys.push(...records.map(({ key }) => key))) };
    const rootsNow = () => (unit: UnitCode) => (unit === UNIT ? [ROOT, 'H45' as UnitCode] : [ROOT]);
    await new KafkaMarks({ sender, generation: 1, rootsNow, now: () => instantOf(1_790_000_000_000) }).mark([UNIT, 'H44.115' as UnitCode]);
    expect(keys).toEqual(['H44', 'H45']);
  });
});

describe('marks of several generations on one topic', () => {
  it.each([[1, 1], [2, 2], [12, 12]])('of generation %i are merged by generation %i', async (from, by) => {
    expect(readBy(by).decode(await markOf(from))).toEqual({ ok: true, value: { root: ROOT, units: [UNIT] } });
  });

  it.each([[1, 2], [2, 1], [3, 2]])('of generation %i are no business of generation %i', async (from, by) => {
    expect(readBy(by).decode(await markOf(from))).toBe('ignored');
  });
});
