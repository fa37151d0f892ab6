import { compareText } from '@index766/kernel';

/** Partition numbers by topic. */
export type TopicPartitions = Readonly<Record<string, readonly number[]>>;

/**
 * Partition p of every topic goes to the same member: `sorted members[p % n]`. What belongs to one key lies under one
 * partition number in all topics, so one member sees all of it. Every member is in the answer, with no partition too.
 */
export function alignedAssignment(
  members: readonly string[],
  partitionCounts: ReadonlyMap<string, number>,
): ReadonlyMap<string, TopicPartitions> {
  const sorted = [...members].sort(compareText);
  const assignment = new Map<string, Record<string, number[]>>(sorted.map((member) => [member, {}]));
  for (const [topic, count] of partitionCounts) {
    for (let partition = 0; partition < count; partition += 1) {
      const member = sorted[partition % sorted.length];
      const topics = member === undefined ? undefined : assignment.get(member);
      if (topics) (topics[topic] ??= []).push(partition);
    }
  }
  return assignment;
}

/** Why topics cannot be read by one group in lanes; undefined when all have the same number of partitions. */
export function misalignmentOf(partitionCounts: ReadonlyMap<string, number>): string | undefined {
  if (new Set(partitionCounts.values()).size <= 1) return undefined;
  const counts = [...partitionCounts].map(([topic, count]) => `${topic} has ${count}`).join(', ');
  return `topics read by one group need the same number of partitions: ${counts}`;
}

/** Why members of one group may not share their work; undefined when all read the same topics. */
export function unequalSubscriptions(subscriptions: ReadonlyMap<string, readonly string[]>): string | undefined {
  const lists = new Set([...subscriptions.values()].map((topics) => [...topics].sort(compareText).join(', ')));
  return lists.size <= 1 ? undefined : `members of one group read different topics: ${[...lists].join(' | ')}`;
}
