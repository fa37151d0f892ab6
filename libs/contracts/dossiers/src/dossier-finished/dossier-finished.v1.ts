import { defineFact } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-finished.v1.example.json';

/** Done (status 9). */
export const dossierFinishedV1 = defineFact({
  type: 'dossiers.dossier-finished.v1',
  schema: dossierFact({}),
  example,
});
