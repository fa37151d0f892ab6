import { defineFact, factFields, wireUnitCode } from '@index766/contracts-envelope';
import example from './petition-transferred.v1.example.json';

/** The petition is another unit's from now on. */
export const petitionTransferredV1 = defineFact({
  type: 'feedback.petition-transferred.v1',
  schema: factFields({
    unit: wireUnitCode,
  }),
  example,
});
