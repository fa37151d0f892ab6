import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import example from './result-linked-to-personal-store.v1.example.json';

/** An electronic result can be found in the applicant's store on the national portal. */
export const resultLinkedToPersonalStoreV1 = defineFact({
  type: 'digitization.result-linked-to-personal-store.v1',
  schema: factFields({ result: wireCode }),
  example,
});
