import type { FeedbackFact } from '@index766/feedback-life';
import type { DossierId } from '@index766/kernel';
import type { AggregateStore, MongoDatabase } from '@index766/platform-mongo';
import type { DossierFeedback } from '../domain/dossier-feedback';
import { feedbackRecord } from '../publishing/feedback.records';
import { feedbackFields, reconstituteFeedback, type FeedbackFields } from './feedback.mapper';
import { MongoDocuments } from './mongo-documents';

export const FEEDBACK_COLLECTION = 'dossier_feedback';

/** The feedback on dossiers as documents. */
export function mongoFeedbacks(
  store: AggregateStore<FeedbackFields>, database: MongoDatabase,
): MongoDocuments<DossierId, FeedbackFields, DossierFeedback, FeedbackFact> {
  return new MongoDocuments(store, database, {
    reconstitute: reconstituteFeedback,
    fieldsOf: (state) => ({ set: feedbackFields(state), unset: [] }),
    recordOf: feedbackRecord,
    tokenQuery: 'POST /v1/ratings: the dossier that a token was issued for',
  });
}
