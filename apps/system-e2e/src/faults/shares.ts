import { createHash } from 'node:crypto';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import type { RawRecord } from '@index766/testing-integration';
import type { SystemState } from './system-state';

/** One dossier in so many comes through the topics, the others over HTTP. */
const BY_TOPIC_ONE_IN = 4;

/** True for a dossier whose facts are put straight into the topics. */
export function comesByTopic(dossier: string): boolean {
  return createHash('sha256').update(dossier).digest().readUInt32BE(0) % BY_TOPIC_ONE_IN === 0;
}

/**
 * The records of the fault-free run that are sent straight to the broker: everything about dossiers that nobody pushes, and
 * the officers whom only these dossiers name (the service announces all others itself).
 */
export function recordsForTopics({ records }: SystemState): ReadonlyMap<string, readonly RawRecord[]> {
  const ofTopic = ({ name }: { readonly name: string }) => records.get(name) ?? [];
  const facts = ofTopic(dossierTopic);
  const pushedText = facts.filter(({ key }) => !comesByTopic(key)).map(({ value }) => value?.toString('utf8') ?? '').join('\n');
  return new Map([
    [officerSeenTopic.name, ofTopic(officerSeenTopic).filter(({ key }) => !pushedText.includes(key))],
    [dossierTopic.name, facts.filter(({ key }) => comesByTopic(key))],
    [intakeTopic.name, ofTopic(intakeTopic).filter(({ key }) => comesByTopic(key))],
  ]);
}
