import { defineFact } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-withdrawn.v1.example.json';

/** The citizen took the dossier back (status 7). */
export const dossierWithdrawnV1 = defineFact({
  type: 'dossiers.dossier-withdrawn.v1',
  schema: dossierFact({}),
  example,
});
