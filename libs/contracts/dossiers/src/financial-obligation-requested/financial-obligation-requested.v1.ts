import { defineFact } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact } from '../dossier-fact';
import example from './financial-obligation-requested.v1.example.json';

/** A fee was asked for (status 6). */
export const financialObligationRequestedV1 = defineFact({
  type: 'dossiers.financial-obligation-requested.v1',
  schema: dossierFact({
    /** Whether the procedure says that the clock stops meanwhile. */
    pausesClock: z.boolean(),
  }),
  example,
});
