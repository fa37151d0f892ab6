import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import example from './result-archived.v1.example.json';

/** An electronic result is in the electronic archive. */
export const resultArchivedV1 = defineFact({
  type: 'digitization.result-archived.v1',
  schema: factFields({ result: wireCode }),
  example,
});
