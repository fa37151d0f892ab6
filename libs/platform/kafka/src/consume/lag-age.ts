import type { PartitionLag } from '../topics/group-offsets';

type Position = Pick<PartitionLag, 'topic' | 'partition' | 'end' | 'lag'>;

/** What waits in one partition: ends that were seen, with the instant of the first look at each. */
interface SeenEnd {
  readonly end: bigint;
  readonly at: number;
}

/**
 * How long a group has left unread what was already there, from nothing but end offsets and committed offsets: the age of
 * the first look at which the log ended behind the group's position of now. Reads no record, so it works for a group that is
 * stuck; it begins at 0 and is too low by up to the time between two looks.
 */
export class LagAge {
  private readonly seen = new Map<string, readonly SeenEnd[]>();

  /** Takes a look; answers the greatest age in milliseconds of each topic, 0 where nothing waits. */
  look(positions: readonly Position[], now: number): ReadonlyMap<string, number> {
    const ages = new Map<string, number>();
    for (const { topic, partition, end, lag } of positions) {
      const key = `${topic}/${partition}`;
      const unread = (this.seen.get(key) ?? []).filter((earlier) => earlier.end > end - lag);
      const grew = lag > 0n && (unread.at(-1)?.end ?? 0n) < end;
      const kept = thinned(grew ? [...unread, { end, at: now }] : unread);
      this.seen.set(key, kept);
      const age = lag > 0n ? now - (kept[0]?.at ?? now) : 0;
      ages.set(topic, Math.max(ages.get(topic) ?? 0, age));
    }
    return ages;
  }
}

/** A group may stand still for days: of many looks every other one says as much. */
const KEPT = 256;

function thinned(looks: readonly SeenEnd[]): readonly SeenEnd[] {
  return looks.length <= KEPT ? looks : looks.filter((_, at) => at % 2 === 0 || at === looks.length - 1);
}
