import { defineFact, factFields } from '@index766/contracts-envelope';
import { petitionClass } from '../feedback-fields';
import example from './petition-classified.v1.example.json';

/** A petition is of another class than was said before, from its receipt on. */
export const petitionClassifiedV1 = defineFact({
  type: 'feedback.petition-classified.v1',
  schema: factFields({
    class: petitionClass,
  }),
  example,
});
