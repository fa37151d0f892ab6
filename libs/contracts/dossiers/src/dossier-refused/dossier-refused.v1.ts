import { defineFact, wireCode } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-refused.v1.example.json';

/** Not accepted at the desk (status 3): never received. */
export const dossierRefusedV1 = defineFact({
  type: 'dossiers.dossier-refused.v1',
  schema: dossierFact({
    reasonCode: wireCode.optional(),
  }),
  example,
});
