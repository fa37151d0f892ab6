import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import example from './result-signed.v1.example.json';

/** An electronic result carries its digital signature. */
export const resultSignedV1 = defineFact({
  type: 'digitization.result-signed.v1',
  schema: factFields({ result: wireCode }),
  example,
});
