import { defineFact, factFields } from '@index766/contracts-envelope';
import { ratingId, verdict } from '../feedback-fields';
import example from './dossier-rated.v1.example.json';

/**
 * A citizen's rating of how a dossier was dealt with. Of a rating that was given before: it is changed, from its own instant
 * on; the last one counts (lifecycle.md §7).
 */
export const dossierRatedV1 = defineFact({
  type: 'feedback.dossier-rated.v1',
  schema: factFields({
    rating: ratingId,
    verdict,
  }),
  example,
});
