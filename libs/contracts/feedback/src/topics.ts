import { defineTopic } from '@index766/contracts-envelope';
import { answerRatedV1 } from './answer-rated/answer-rated.v1';
import { dossierRatedV1 } from './dossier-rated/dossier-rated.v1';
import { petitionAboutChangedV1 } from './petition-about-changed/petition-about-changed.v1';
import { petitionAnsweredV1 } from './petition-answered/petition-answered.v1';
import { petitionClassifiedV1 } from './petition-classified/petition-classified.v1';
import { petitionLinkedV1 } from './petition-linked/petition-linked.v1';
import { petitionPublishedV1 } from './petition-published/petition-published.v1';
import { petitionReceivedV1 } from './petition-received/petition-received.v1';
import { petitionRefusedV1 } from './petition-refused/petition-refused.v1';
import { petitionRepeatWithdrawnV1 } from './petition-repeat-withdrawn/petition-repeat-withdrawn.v1';
import { petitionRepeatedV1 } from './petition-repeated/petition-repeated.v1';
import { petitionSupplementCompletedV1 } from './petition-supplement-completed/petition-supplement-completed.v1';
import { petitionSupplementRequestedV1 } from './petition-supplement-requested/petition-supplement-requested.v1';
import { petitionTransferredV1 } from './petition-transferred/petition-transferred.v1';
import { petitionUnlinkedV1 } from './petition-unlinked/petition-unlinked.v1';
import { ratingWithdrawnV1 } from './rating-withdrawn/rating-withdrawn.v1';

/** The contract in which each kind of fact about a dossier's feedback is written today. */
export const dossierFeedbackContracts = {
  'dossier-rated': dossierRatedV1,
  'rating-withdrawn': ratingWithdrawnV1,
  'petition-linked': petitionLinkedV1,
  'petition-unlinked': petitionUnlinkedV1,
} as const;

/** The contract in which each kind of fact of a petition's life is written today. */
export const petitionFactContracts = {
  'petition-received': petitionReceivedV1,
  'petition-classified': petitionClassifiedV1,
  'petition-transferred': petitionTransferredV1,
  'petition-refused': petitionRefusedV1,
  'petition-supplement-requested': petitionSupplementRequestedV1,
  'petition-supplement-completed': petitionSupplementCompletedV1,
  'petition-answered': petitionAnsweredV1,
  'petition-published': petitionPublishedV1,
  'answer-rated': answerRatedV1,
  'petition-about-changed': petitionAboutChangedV1,
  'petition-repeated': petitionRepeatedV1,
  'petition-repeat-withdrawn': petitionRepeatWithdrawnV1,
} as const;

export const dossierFeedbackTopic = defineTopic({
  name: 'feedback.public.dossier-feedback.v1',
  producer: 'feedback',
  visibility: 'public',
  keyedBy: 'dossier id',
  partitions: 'dossier',
  retention: 'forever',
  facts: Object.values(dossierFeedbackContracts),
});

export const petitionTopic = defineTopic({
  name: 'feedback.public.petition.v1',
  producer: 'feedback',
  visibility: 'public',
  keyedBy: 'petition id',
  partitions: 'dossier',
  retention: 'forever',
  facts: Object.values(petitionFactContracts),
});
