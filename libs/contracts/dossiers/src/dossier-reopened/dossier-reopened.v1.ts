import { defineFact, wireCode } from '@index766/contracts-envelope';
import { dossierFact } from '../dossier-fact';
import example from './dossier-reopened.v1.example.json';

/** Work went on after the end: shown, never counted. */
export const dossierReopenedV1 = defineFact({
  type: 'dossiers.dossier-reopened.v1',
  schema: dossierFact({
    reasonCode: wireCode.optional(),
  }),
  example,
});
