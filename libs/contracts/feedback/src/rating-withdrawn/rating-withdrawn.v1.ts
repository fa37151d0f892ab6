import { defineFact, factFields } from '@index766/contracts-envelope';
import { ratingId } from '../feedback-fields';
import example from './rating-withdrawn.v1.example.json';

/** A rating is taken back, from its own instant on. It stays withdrawn. */
export const ratingWithdrawnV1 = defineFact({
  type: 'feedback.rating-withdrawn.v1',
  schema: factFields({
    rating: ratingId,
  }),
  example,
});
