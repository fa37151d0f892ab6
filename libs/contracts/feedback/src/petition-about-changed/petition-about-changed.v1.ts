import { defineFact, factFields } from '@index766/contracts-envelope';
import { petitionAbout } from '../feedback-fields';
import example from './petition-about-changed.v1.example.json';

/** The petition is about something else than was said before, from its own instant on. */
export const petitionAboutChangedV1 = defineFact({
  type: 'feedback.petition-about-changed.v1',
  schema: factFields({
    /** All that it is about now; absent: nothing. */
    about: petitionAbout.optional(),
  }),
  example,
});
