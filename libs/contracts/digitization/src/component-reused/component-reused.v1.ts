import { defineFact, factFields } from '@index766/contracts-envelope';
import { componentKey, retracted } from '../document-fields';
import example from './component-reused.v1.example.json';

/** A component was not asked for again but taken from digitised data (DuocTaiSuDung 1 and 2). */
export const componentReusedV1 = defineFact({
  type: 'digitization.component-reused.v1',
  schema: factFields({ ...componentKey, retracted }),
  example,
});
