import { defineFact, factFields } from '@index766/contracts-envelope';
import example from './petition-supplement-requested.v1.example.json';

/** The petitioner is asked for more. */
export const petitionSupplementRequestedV1 = defineFact({
  type: 'feedback.petition-supplement-requested.v1',
  schema: factFields({}),
  example,
});
