import { defineFact, factFields } from '@index766/contracts-envelope';
import example from './petition-supplement-completed.v1.example.json';

/** The petitioner said more. */
export const petitionSupplementCompletedV1 = defineFact({
  type: 'feedback.petition-supplement-completed.v1',
  schema: factFields({}),
  example,
});
