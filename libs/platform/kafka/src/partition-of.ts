const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;
const SHIFT = 24;

/**
 * The partition that a key has in a topic with `partitionCount` partitions: murmur2 as Kafka's Java client and
 * kafkajs's DefaultPartitioner compute it. Documents carry this number as their slot, so it may never change.
 */
export function partitionOf(key: string | Buffer, partitionCount: number): number {
  if (!Number.isInteger(partitionCount) || partitionCount < 1) throw new RangeError('a topic has at least one partition');
  return (murmur2(typeof key === 'string' ? Buffer.from(key) : key) & 0x7fffffff) % partitionCount;
}

function murmur2(bytes: Buffer): number {
  const length = bytes.length;
  const tail = length & ~3;
  let hash = SEED ^ length;
  for (let index = 0; index < tail; index += 4) {
    let word = Math.imul(bytes.readInt32LE(index), MULTIPLIER);
    word ^= word >>> SHIFT;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  if (tail < length) hash = Math.imul(hash ^ tailOf(bytes, tail), MULTIPLIER);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** The last one to three bytes as a little-endian number. */
function tailOf(bytes: Buffer, from: number): number {
  return bytes.readUIntLE(from, bytes.length - from);
}
