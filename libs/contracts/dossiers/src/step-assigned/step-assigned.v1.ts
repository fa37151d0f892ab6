import { defineFact, wireInstant, wireOfficerPseudonym } from '@index766/contracts-envelope';
import { divisionName, dossierFact, partId } from '../dossier-fact';
import example from './step-assigned.v1.example.json';

/** An officer began to work on a step; the officer is a pseudonym, or unknown. */
export const stepAssignedV1 = defineFact({
  type: 'dossiers.step-assigned.v1',
  schema: dossierFact({
    step: partId,
    officer: wireOfficerPseudonym.optional(),
    /** Division inside the unit, as the source names it. */
    department: divisionName.optional(),
    deadline: wireInstant.optional(),
  }),
  example,
});
