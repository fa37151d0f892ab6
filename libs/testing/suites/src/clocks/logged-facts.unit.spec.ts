import { encodeWatermark } from '@index766/contracts-envelope';
import { formatInstant, instantOf } from '@index766/kernel';
import type { RawRecord } from '@index766/testing-integration';
import { knownAtByLog, readLog } from './logged-facts';

const fact = (id: string, recordedAt: number, partition = 0): RawRecord => ({
  partition, offset: 0n, key: id, value: Buffer.from('{}'), timestamp: 0,
  headers: { ce_id: id, ce_recordedtime: formatInstant(instantOf(recordedAt)) },
});
const watermark = (recordedBefore: number, partition = 0): RawRecord => {
  const { key, headers, value } = encodeWatermark('specs', instantOf(recordedBefore));
  return { partition, offset: 0n, key, headers, value: Buffer.from(value), timestamp: 0 };
};
const known = (...records: readonly RawRecord[]) => Object.fromEntries(readLog(records).facts.map((each) => [each.id, knownAtByLog(each)]));

describe('a log that is read without the consumer runtime', () => {
  it('takes a fact for known at its recording, or at the watermark before it if that is later', () => {
    expect(known(fact('a', 10), watermark(20), fact('b', 15), fact('c', 25))).toEqual({ a: 10, b: 20, c: 25 });
  });

  it('counts a copy at its first place', () => {
    expect(known(fact('a', 10), watermark(20), fact('a', 10))).toEqual({ a: 10 });
  });

  it('keeps partitions apart and lets no watermark go back', () => {
    expect(known(watermark(20), watermark(5), fact('a', 10), fact('b', 10, 1))).toEqual({ a: 20, b: 10 });
  });
});
