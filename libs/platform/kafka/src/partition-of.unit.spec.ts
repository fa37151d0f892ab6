import fc from 'fast-check';
import { Partitioners } from 'kafkajs';
import { partitionOf } from './partition-of';

const partitioner = Partitioners.DefaultPartitioner();

function partitionOfKafkajs(key: string | Buffer, partitionCount: number): number {
  const partitionMetadata = Array.from({ length: partitionCount }, (_, partitionId) => ({
    partitionId, leader: 1, replicas: [1], isr: [1], partitionErrorCode: 0,
  }));
  return partitioner({ topic: 'any', partitionMetadata, message: { key, value: null } });
}

describe('the partition of a key', () => {
  // Kafka's murmur2: these numbers are in stored documents and may never move.
  it.each([
    ['H44.114-261001-0001', 12, 4], ['H44', 12, 3], ['000.00.00.H44-260101-0007', 48, 5], ['', 12, 9], ['a', 12, 4], ['ab', 12, 2],
    ['abc', 12, 3], ['abcd', 12, 8], ['Đăk Lăk', 12, 5], ['watermark', 1, 0],
  ])('of %p among %i is %i', (key, count, partition) => {
    expect(partitionOf(key, count)).toBe(partition);
    expect(partitionOfKafkajs(key, count)).toBe(partition);
  });

  it('agrees with the real partitioner for any text, any bytes and any number of partitions', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme', maxLength: 64 }), fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes))),
        fc.integer({ min: 1, max: 200 }),
        (key, count) => expect(partitionOf(key, count)).toBe(partitionOfKafkajs(key, count)),
      ),
      { seed: 766, numRuns: 2_000 },
    );
  });

  it('refuses a topic without partitions', () => expect(() => partitionOf('a', 0)).toThrow(RangeError));
});
