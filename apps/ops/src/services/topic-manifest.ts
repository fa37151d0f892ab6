import { decisionTopic, editionTopic, lateOfficersTopic, latenessTopic, markTopic, unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic, intakeTopic, officerSeenTopic, sourceTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import type { TopicManifest } from '@index766/platform-kafka';

const named = (...topics: readonly { readonly name: string }[]) => topics.map(({ name }) => name);

/** Every topic, and every group with what it reads: the broker has these and no others. */
export const TOPIC_MANIFEST = {
  topics: [
    unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic, dossierTopic, intakeTopic, officerSeenTopic, sourceTopic, paymentTopic,
    documentTopic, dossierFeedbackTopic, petitionTopic, markTopic, decisionTopic,
    unitScoreLatestTopic, latenessTopic, editionTopic, lateOfficersTopic,
  ],
  groups: [
    { group: 'catalog.officers', topics: named(officerSeenTopic) },
    { group: 'dossiers.reference', topics: named(unitTopic, procedureTopic, calendarTopic) },
    { group: 'payments.reference', topics: named(unitTopic) },
    { group: 'payments.intake', topics: named(intakeTopic, dossierTopic) },
    { group: 'digitization.reference', topics: named(unitTopic) },
    { group: 'digitization.intake', topics: named(intakeTopic, dossierTopic) },
    { group: 'feedback.reference', topics: named(unitTopic, calendarTopic) },
    { group: 'aggregator.reference', topics: named(unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic) },
    {
      group: 'aggregator.ledger',
      topics: named(dossierTopic, paymentTopic, documentTopic, dossierFeedbackTopic, petitionTopic, decisionTopic, sourceTopic),
    },
    { group: 'aggregator.scores', topics: named(markTopic) },
  ],
} as const satisfies TopicManifest;

export type GroupName = (typeof TOPIC_MANIFEST)['groups'][number]['group'];

/** Groups that read reference records. */
export const GROUPS_OF_REFERENCE: readonly GroupName[] = TOPIC_MANIFEST.groups.map(({ group }) => group).filter((group) => group.endsWith('.reference'));

/** Groups that the index follows from: all of them. */
export const GROUPS_OF_THE_INDEX: readonly GroupName[] = TOPIC_MANIFEST.groups.map(({ group }) => group);
