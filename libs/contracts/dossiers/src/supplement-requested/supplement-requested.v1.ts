import { defineFact } from '@index766/contracts-envelope';
import { dossierFact, partId } from '../dossier-fact';
import example from './supplement-requested.v1.example.json';

/** The office asked for more papers (status 5): the clock stops. */
export const supplementRequestedV1 = defineFact({
  type: 'dossiers.supplement-requested.v1',
  schema: dossierFact({
    supplement: partId,
  }),
  example,
});
