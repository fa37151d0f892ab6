import { defineFact, wireCode } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-stopped.v1.example.json';

/** The office stopped working on it (status 8). */
export const dossierStoppedV1 = defineFact({
  type: 'dossiers.dossier-stopped.v1',
  schema: dossierFact({
    reasonCode: wireCode.optional(),
  }),
  example,
});
