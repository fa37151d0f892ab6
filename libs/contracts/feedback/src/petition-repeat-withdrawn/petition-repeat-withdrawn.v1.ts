import { defineFact, factFields, wirePetitionId } from '@index766/contracts-envelope';
import example from './petition-repeat-withdrawn.v1.example.json';

/** A later petition turned out not to be about the answer to this one. */
export const petitionRepeatWithdrawnV1 = defineFact({
  type: 'feedback.petition-repeat-withdrawn.v1',
  schema: factFields({
    by: wirePetitionId,
  }),
  example,
});
