import { defineFact, factFields } from '@index766/contracts-envelope';
import { componentKey, retracted } from '../document-fields';
import example from './component-taken-from-personal-store.v1.example.json';

/** A component came from the applicant's store on the national portal (DuocLayTuKhoDMQG). */
export const componentTakenFromPersonalStoreV1 = defineFact({
  type: 'digitization.component-taken-from-personal-store.v1',
  schema: factFields({ ...componentKey, retracted }),
  example,
});
