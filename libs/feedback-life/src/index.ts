export {
  isDissatisfied, type FeedbackFact, type FeedbackFactBodies, type FeedbackFactHead, type FeedbackFactKind,
  type FeedbackFactOf, type Verdict,
} from './facts';
export { NO_FEEDBACK, type FeedbackView, type LinkedPetition, type RatingInForce } from './view';
export { foldFeedback } from './fold';
export { findRatingAt, hasPetitionAt, isDissatisfiedAt, nextChangeAfter } from './standing';
