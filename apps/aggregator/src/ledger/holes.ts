import type { KnownFact } from './known-fact';

/** Records of one dossier or petition on one topic that are missing below the highest sequence seen. */
export interface TopicHoles {
  readonly topic: string;
  /** At least 1. */
  readonly missing: number;
}

/** The holes among the facts of an entry, by topic; empty when nothing is missing. */
export function holesIn(facts: readonly KnownFact[]): readonly TopicHoles[] {
  const seen = new Map<string, { last: number; count: number }>();
  for (const { fact } of facts) {
    const { last, count } = seen.get(fact.topic) ?? { last: 0, count: 0 };
    seen.set(fact.topic, { last: Math.max(last, fact.sequence), count: count + 1 });
  }
  return [...seen].flatMap(([topic, { last, count }]) => (last > count ? [{ topic, missing: last - count }] : []));
}

/** The entries with holes in the partitions that this member owns. What is known of one is replaced as a whole. */
export class OpenHoles {
  private readonly byPartition = new Map<number, Map<string, readonly TopicHoles[]>>();

  assigned(partition: number, entries: Iterable<readonly [string, readonly TopicHoles[]]>): void {
    this.byPartition.set(partition, new Map(entries));
  }

  revoked(partitions: readonly number[]): void {
    for (const partition of partitions) this.byPartition.delete(partition);
  }

  saved(partition: number, id: string, holes: readonly TopicHoles[]): void {
    if (holes.length > 0) this.byPartition.get(partition)?.set(id, holes);
    else this.byPartition.get(partition)?.delete(id);
  }

  /** Missing records over all entries. */
  missingOf(topic: string): number {
    let missing = 0;
    for (const entries of this.byPartition.values()) {
      for (const holes of entries.values()) missing += holes.find((each) => each.topic === topic)?.missing ?? 0;
    }
    return missing;
  }
}
