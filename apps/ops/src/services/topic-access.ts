import { decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, markTopic, unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from '@index766/contracts-dossiers';
import type { TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { deadLetterTopicOf, type AccessRule } from '@index766/platform-kafka';
import { TOPIC_MANIFEST } from './topic-manifest';

/** Accounts of the broker whose rights stand in this file, one of each service and one of other services that read. */
export const RULED_ACCOUNTS = ['catalog', 'dossiers', 'payments', 'digitization', 'feedback', 'aggregator', 'consumer'] as const;
/** They may do everything: the broker towards itself, and who makes topics, replays what was set aside, writes these rules. */
export const ADMINISTRATORS = ['broker', 'ops'] as const;

export type RuledAccount = (typeof RULED_ACCOUNTS)[number];

export const CONSUMER: RuledAccount = 'consumer';

/** Its producer alone writes a topic, and reads it back after a restore; `readers` may read it besides. */
export interface TopicAccess {
  readonly topic: TopicContract;
  readonly readers: readonly RuledAccount[];
}

/** Every topic has a row: who reads it is somebody's decision and no consequence of its name. */
export const TOPIC_ACCESS: readonly TopicAccess[] = [
  { topic: unitTopic, readers: ['dossiers', 'payments', 'digitization', 'feedback', 'aggregator', 'consumer'] },
  { topic: procedureTopic, readers: ['dossiers', 'aggregator', 'consumer'] },
  { topic: calendarTopic, readers: ['dossiers', 'feedback', 'aggregator', 'consumer'] },
  { topic: reportedFigureTopic, readers: ['aggregator', 'consumer'] },
  { topic: officerTopic, readers: ['aggregator'] },
  { topic: dossierTopic, readers: ['payments', 'digitization', 'aggregator', 'consumer'] },
  { topic: intakeTopic, readers: ['payments', 'digitization'] },
  { topic: sourceTopic, readers: ['aggregator', 'consumer'] },
  { topic: officerSeenTopic, readers: ['catalog'] },
  { topic: paymentTopic, readers: ['aggregator', 'consumer'] },
  { topic: documentTopic, readers: ['aggregator', 'consumer'] },
  { topic: dossierFeedbackTopic, readers: ['aggregator', 'consumer'] },
  { topic: petitionTopic, readers: ['aggregator', 'consumer'] },
  { topic: markTopic, readers: [] },
  { topic: decisionTopic, readers: ['consumer'] },
  { topic: unitScoreLatestTopic, readers: ['consumer'] },
  { topic: latenessTopic, readers: ['consumer'] },
  { topic: editionTopic, readers: ['consumer'] },
  { topic: lateOfficersTopic, readers: ['consumer'] },
];

/** Groups of an account begin with its name: `aggregator.ledger`, `aggregator.ledger.g2`, `aggregator.reader-…`. */
export function groupPrefixOf(account: RuledAccount): string {
  return `${account}.`;
}

/** The account whose group it is; undefined for a group of nobody. */
export function ownerOf(group: string): RuledAccount | undefined {
  return RULED_ACCOUNTS.find((account) => group.startsWith(groupPrefixOf(account)));
}

/** Every rule of the broker. Names in full for topics, because dead letters of a public topic begin with its name. */
export function accessRules(): readonly AccessRule[] {
  const topic = (account: string, name: string, operation: 'read' | 'write'): AccessRule => ({ account, resource: 'topic', name, pattern: 'literal', operation });
  const facts = TOPIC_ACCESS.flatMap(({ topic: { name, producer }, readers }) => [
    topic(producer, name, 'write'), topic(producer, name, 'read'), ...readers.map((account) => topic(account, name, 'read')),
  ]);
  const letters = TOPIC_MANIFEST.groups.flatMap(({ group, topics }) => topics.flatMap((name) => {
    const [owner, letter] = [ownerOf(group) ?? '', deadLetterTopicOf(name, group)];
    return [topic(owner, letter, 'write'), topic(owner, letter, 'read')];
  }));
  const groups = RULED_ACCOUNTS.flatMap((account) => (['read', 'delete'] as const).map((operation): AccessRule => ({
    account, resource: 'group', name: groupPrefixOf(account), pattern: 'prefixed', operation,
  })));
  return [...facts, ...letters, ...groups];
}
