import { markTopic } from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, unitTopic } from '@index766/contracts-catalog';
import { dossierTopic, intakeTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import type { TopicManifest } from '@index766/platform-kafka';

const named = (...topics: readonly { readonly name: string }[]) => topics.map(({ name }) => name);

/** Every topic, and every group with what it reads: the broker has these and no others. */
export const TOPIC_MANIFEST = {
  topics: [unitTopic, procedureTopic, calendarTopic, officerTopic, dossierTopic, intakeTopic, officerSeenTopic, markTopic],
  groups: [
    { group: 'catalog.officers', topics: named(officerSeenTopic) },
    { group: 'dossiers.reference', topics: named(unitTopic, procedureTopic, calendarTopic) },
    { group: 'aggregator.reference', topics: named(unitTopic, procedureTopic, calendarTopic, officerTopic) },
    { group: 'aggregator.ledger', topics: named(dossierTopic) },
    { group: 'aggregator.scores', topics: named(markTopic) },
  ],
} as const satisfies TopicManifest;

export type GroupName = (typeof TOPIC_MANIFEST)['groups'][number]['group'];
