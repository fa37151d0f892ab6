import { defineFact, factFields } from '@index766/contracts-envelope';
import { componentKey, retracted } from '../document-fields';
import example from './component-digitised.v1.example.json';

/** A component of the dossier is there as digitised data (DuocSoHoa). */
export const componentDigitisedV1 = defineFact({
  type: 'digitization.component-digitised.v1',
  schema: factFields({ ...componentKey, retracted }),
  example,
});
