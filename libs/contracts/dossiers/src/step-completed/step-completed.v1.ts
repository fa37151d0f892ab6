import { defineFact } from '@index766/contracts-envelope';
import { dossierFact, partId } from '../dossier-fact';
import example from './step-completed.v1.example.json';

/** A step ended before the next one began or the dossier ended. */
export const stepCompletedV1 = defineFact({
  type: 'dossiers.step-completed.v1',
  schema: dossierFact({
    step: partId,
  }),
  example,
});
