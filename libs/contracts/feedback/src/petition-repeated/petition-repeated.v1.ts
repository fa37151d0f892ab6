import { defineFact, factFields, wirePetitionId } from '@index766/contracts-envelope';
import example from './petition-repeated.v1.example.json';

/** A later petition is about the answer to this one: on the earlier petition's key, so that nobody has to look it up. */
export const petitionRepeatedV1 = defineFact({
  type: 'feedback.petition-repeated.v1',
  schema: factFields({
    by: wirePetitionId,
  }),
  example,
});
