import { HEADER, WATERMARK_KEY, type TopicContract } from '@index766/contracts-envelope';
import { readTopic } from '@index766/testing-integration';

/** Of each topic and key: its contents by sequence, each distinct content once. */
export type RecordsByKey = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<string>>>;

export async function recordsOf(topics: readonly TopicContract[], broker: string): Promise<RecordsByKey> {
  const byKey = new Map<string, Map<number, Set<string>>>();
  for (const { name } of topics) {
    for (const { key, headers, value } of await readTopic(name, { brokers: [broker] })) {
      if (key === WATERMARK_KEY) continue;
      const place = `${name} ${key}`;
      const ofKey = byKey.get(place) ?? new Map<number, Set<string>>();
      byKey.set(place, ofKey);
      const sequence = Number(headers[HEADER.sequence]);
      ofKey.set(sequence, (ofKey.get(sequence) ?? new Set()).add(JSON.stringify([headers, value?.toString('utf8')])));
    }
  }
  return byKey;
}

/** Sequences that stand for more than one content, or leave a gap below them. Empty: everything is as it has to be. */
export function faultsOf(records: RecordsByKey): readonly string[] {
  return [...records].flatMap(([place, bySequence]) => [
    ...[...bySequence].filter(([, contents]) => contents.size > 1).map(([sequence]) => `${place}: ${sequence} twice`),
    ...Array.from({ length: bySequence.size }, (_, index) => index + 1).filter((sequence) => !bySequence.has(sequence))
      .map((sequence) => `${place}: ${sequence} missing`),
  ]);
}

export function countOf(records: RecordsByKey): number {
  return [...records.values()].reduce((sum, { size }) => sum + size, 0);
}
