import { readTopic, until, type RawRecord } from '@index766/testing-integration';
import type { RunningDossiers } from './running-dossiers';

/** Records of a topic without the watermarks among them. */
export async function recordsIn(dossiers: RunningDossiers, topic: string): Promise<readonly RawRecord[]> {
  const records = await readTopic(topic, { brokers: dossiers.brokers });
  return records.filter(({ key }) => key !== 'watermark');
}

export async function recordsOf(dossiers: RunningDossiers, topic: string, key: string): Promise<readonly RawRecord[]> {
  return (await recordsIn(dossiers, topic)).filter((record) => record.key === key);
}

/** Waits until the broker has so many records of a key, and no more than that. */
export async function waitForRecords(dossiers: RunningDossiers, topic: string, key: string, count: number): Promise<readonly RawRecord[]> {
  const records = await until(async () => {
    const found = await recordsOf(dossiers, topic, key);
    return found.length >= count && found;
  }, { what: `${count} records of ${key}` });
  expect(records).toHaveLength(count);
  return records;
}

/** Waits until nothing is on its way any more. */
export async function waitUntilSent(dossiers: RunningDossiers): Promise<void> {
  for (const collection of ['dossiers', 'officers', 'sources']) {
    await until(
      async () => (await dossiers.documents.db.collection(collection).countDocuments({ outboxAt: { $exists: true } })) === 0,
      { what: `the outbox of ${collection} to empty` },
    );
  }
}

export function valueOf({ value }: RawRecord): Record<string, unknown> {
  return JSON.parse(value?.toString('utf8') ?? 'null') as Record<string, unknown>;
}

export function typeOf({ headers }: RawRecord): string {
  return (headers['ce_type'] ?? '').replace(/^dossiers\.|\.v1$/g, '');
}
