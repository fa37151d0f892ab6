import { defineFact, wireUnitCode } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-transferred.v1.example.json';

/** Another unit holds the dossier from now on. */
export const dossierTransferredV1 = defineFact({
  type: 'dossiers.dossier-transferred.v1',
  schema: dossierFact({
    unit: wireUnitCode,
  }),
  example,
});
