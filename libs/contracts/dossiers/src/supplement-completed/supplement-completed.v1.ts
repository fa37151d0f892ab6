import { defineFact, wireInstant } from '@index766/contracts-envelope';
import { dossierFact, partId } from '../dossier-fact';
import example from './supplement-completed.v1.example.json';

/** The papers came: the clock goes on. A stated new due instant wins over the moved one. */
export const supplementCompletedV1 = defineFact({
  type: 'dossiers.supplement-completed.v1',
  schema: dossierFact({
    supplement: partId,
    newDueAt: wireInstant.optional(),
  }),
  example,
});
