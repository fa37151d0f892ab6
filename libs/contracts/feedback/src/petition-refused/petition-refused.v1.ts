import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import example from './petition-refused.v1.example.json';

/** The unit does not take the petition up. */
export const petitionRefusedV1 = defineFact({
  type: 'feedback.petition-refused.v1',
  schema: factFields({
    reasonCode: wireCode.optional(),
  }),
  example,
});
