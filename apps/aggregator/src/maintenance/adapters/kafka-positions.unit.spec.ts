import type { PartitionLag } from '@index766/platform-kafka';

import { KafkaPositions } from './kafka-positions';

const TOPIC = 'facts';
const STILL_MS = 50;
const group = { id: 'aggregator.ledger', topics: [TOPIC] };
const leader = { id: 'aggregator.ledger.g2', topics: [TOPIC] };

const lag = (end: number, committed: number | undefined): PartitionLag =>
  ({ topic: TOPIC, partition: 0, end: BigInt(end), committed: committed === undefined ? undefined : BigInt(committed), lag: BigInt(end - (committed ?? 0)) });

/** What each look at a group finds, one after the other; the last one stays. */
const positionsSeen = (seen: Readonly<Record<string, readonly PartitionLag[]>>) => {
  const looks = new Map<string, number>();
  const groupLag = (id: string): Promise<readonly PartitionLag[]> => {
    const found = seen[id] ?? [];
    const look = looks.get(id) ?? 0;
    looks.set(id, look + 1);
    return Promise.resolve(found.slice(Math.min(look, found.length - 1)).slice(0, 1));
  };
  return { looks, positions: new KafkaPositions({ groupLag }, STILL_MS) };
};

describe('positions', () => {
  it('are passed when the group stands where the topics ended at the call, however much was added since', async () => {
    const { positions, looks } = positionsSeen({ [group.id]: [lag(10, 4), lag(12, 7), lag(20, 10)] });

    await positions.passed([group]);

    expect(looks.get(group.id)).toBe(3);
  });

  it('are given up when a group has something to read and does not move', async () => {
    const { positions } = positionsSeen({ [group.id]: [lag(10, undefined)] });

    await expect(positions.passed([group])).rejects.toThrow('has 10 records to read and does not move');
  });

  it('of one group are caught up with by another', async () => {
    const { positions, looks } = positionsSeen({ [leader.id]: [lag(20, 9)], [group.id]: [lag(20, 8), lag(20, 9)] });

    await positions.caughtUpWith(leader, group);

    expect(looks.get(group.id)).toBe(2);
  });
});
