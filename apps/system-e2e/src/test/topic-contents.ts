import { isWatermark } from '@index766/contracts-envelope';
import { readTopic, type RawRecord } from '@index766/testing-integration';
import type { SystemAccess } from './system-access';

const WITHIN_MS = 60_000;

/** What lies in a topic now, without watermarks. */
export async function factsIn({ broker }: SystemAccess, topic: { readonly name: string }): Promise<readonly RawRecord[]> {
  const records = await readTopic(topic.name, { brokers: [broker], timeoutMs: WITHIN_MS });
  return records.filter((record) => !isWatermark(record));
}

/** What a record says, whenever it was sent: its id, its instants and its content. */
export function statementOf({ key, headers, value }: RawRecord): string {
  const attributes = ['ce_type', 'ce_time', 'ce_recordedtime', 'ce_sequence'].map((name) => headers[name] ?? '');
  return [key, ...attributes, value?.toString('utf8') ?? ''].join('\n');
}

/** Statements by id of record; two records of one id that say different things are an error. */
export function statementsById(records: readonly RawRecord[]): ReadonlyMap<string, string> {
  const statements = new Map<string, string>();
  for (const record of records) {
    const id = record.headers['ce_id'] ?? '';
    const statement = statementOf(record);
    if ((statements.get(id) ?? statement) !== statement) throw new Error(`two records of the id ${id} say different things`);
    statements.set(id, statement);
  }
  return statements;
}

/** Keys whose distinct sequences are not 1, 2, 3 and so on. */
export function keysWithGaps(records: readonly RawRecord[]): readonly string[] {
  const sequences = new Map<string, Set<number>>();
  for (const { key, headers } of records) {
    sequences.set(key, (sequences.get(key) ?? new Set()).add(Number(headers['ce_sequence'])));
  }
  return [...sequences].filter(([, seen]) => Math.max(...seen) !== seen.size || Math.min(...seen) !== 1).map(([key]) => key);
}
