import { defineFact, factFields } from '@index766/contracts-envelope';
import example from './petition-answered.v1.example.json';

/** The unit answered. The answer itself stays with the unit. */
export const petitionAnsweredV1 = defineFact({
  type: 'feedback.petition-answered.v1',
  schema: factFields({}),
  example,
});
