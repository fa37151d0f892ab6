import { defineFact, factFields } from '@index766/contracts-envelope';
import example from './petition-published.v1.example.json';

/** The answer was made public. */
export const petitionPublishedV1 = defineFact({
  type: 'feedback.petition-published.v1',
  schema: factFields({}),
  example,
});
