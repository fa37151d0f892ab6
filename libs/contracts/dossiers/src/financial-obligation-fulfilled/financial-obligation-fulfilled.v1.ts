import { defineFact } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './financial-obligation-fulfilled.v1.example.json';

/** The fee was paid. */
export const financialObligationFulfilledV1 = defineFact({
  type: 'dossiers.financial-obligation-fulfilled.v1',
  schema: dossierFact({}),
  example,
});
