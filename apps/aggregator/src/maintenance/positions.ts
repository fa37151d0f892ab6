import type { TopicAdmin } from '@index766/platform-kafka';

/** Port: where consumer groups stand in their topics, asked from outside. */
export interface Positions {
  /** Resolves when the groups have worked through everything that is in their topics at the time of the call. */
  passed(groups: readonly ReadGroup[]): Promise<void>;
  /** Resolves when `groups` stand at least where `leader` does for each partition of a topic that both read. */
  caughtUpWith(leader: ReadGroup, group: ReadGroup): Promise<void>;
}

export interface ReadGroup {
  /** As the broker calls it. */
  readonly id: string;
  readonly topics: readonly string[];
}

/** The partition numbers of a group's topics, which are the same for all of them. */
export async function partitionsOf(admin: Pick<TopicAdmin, 'groupLag'>, { id, topics }: ReadGroup): Promise<readonly number[]> {
  const lags = await admin.groupLag(id, topics);
  return [...new Set(lags.map(({ partition }) => partition))].sort((a, b) => a - b);
}
