import { defineFact, factFields } from '@index766/contracts-envelope';
import { z } from 'zod';
import example from './answer-rated.v1.example.json';

/** The petitioner's word on the answer; a later one replaces it, from its own instant on. */
export const answerRatedV1 = defineFact({
  type: 'feedback.answer-rated.v1',
  schema: factFields({
    satisfied: z.boolean(),
  }),
  example,
});
