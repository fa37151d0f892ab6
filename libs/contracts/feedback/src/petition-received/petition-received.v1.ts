import { defineFact, factFields, wireUnitCode } from '@index766/contracts-envelope';
import { petitionAbout, petitionClass } from '../feedback-fields';
import example from './petition-received.v1.example.json';

/** A petition came in, at this unit. */
export const petitionReceivedV1 = defineFact({
  type: 'feedback.petition-received.v1',
  schema: factFields({
    unit: wireUnitCode,
    class: petitionClass,
    about: petitionAbout.optional(),
  }),
  example,
});
