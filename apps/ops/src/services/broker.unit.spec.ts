import { instantOf } from '@index766/kernel';
import { generationsOf, oldestWatermarks } from './broker';

describe('the generations of a group', () => {
  it('are the first alone before anybody joined', () => {
    expect(generationsOf('aggregator.ledger', [])).toEqual([{ id: 'aggregator.ledger', generation: 1 }]);
  });

  it('are all that the broker knows', () => {
    const existing = ['aggregator.ledger.g12', 'aggregator.ledger', 'aggregator.ledger.g2', 'aggregator.ledger.reader-1', 'aggregator.reference.g2'];

    expect(generationsOf('aggregator.ledger', existing).map(({ generation }) => generation)).toEqual([1, 2, 12]);
  });

  it('have lost the first when it was dropped', () => {
    expect(generationsOf('aggregator.ledger', ['aggregator.ledger.g2'])).toEqual([{ id: 'aggregator.ledger.g2', generation: 2 }]);
  });
});

describe('the watermark of a topic', () => {
  const read = (topic: string, partition: number, at: number | undefined) => ({ topic, partition, recordedBefore: at === undefined ? undefined : instantOf(at) });

  it('is that of the partition furthest behind, by the group that is furthest in it', () => {
    expect(oldestWatermarks([read('b', 0, 5), read('a', 0, 30), read('a', 1, 10), read('a', 0, undefined), read('a', 1, 20)])).toEqual([
      { topic: 'a', partitions: 2, withoutAny: 0, oldest: 20 }, { topic: 'b', partitions: 1, withoutAny: 0, oldest: 5 },
    ]);
  });

  it('is none while a partition has none', () => {
    expect(oldestWatermarks([read('a', 0, 30), read('a', 1, undefined)])).toEqual([{ topic: 'a', partitions: 2, withoutAny: 1, oldest: undefined }]);
  });
});
