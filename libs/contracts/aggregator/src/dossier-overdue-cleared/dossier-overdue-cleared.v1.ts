import { defineFact, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';

import { latenessFields } from '../lateness-fields';
import example from './dossier-overdue-cleared.v1.example.json';

/**
 * A dossier that was told to be overdue is not any more: it ended, late or not; another due instant is in force; it was asked for
 * a supplement in time; it was voided; or a correction says otherwise.
 */
export const dossierOverdueClearedV1 = defineFact({
  type: 'aggregator.dossier-overdue-cleared.v1',
  schema: z.object({
    /** The due instant that had passed. */
    dueAt: wireInstant.optional(),
    cause: z.enum(['ended', 'due-moved', 'asked-in-time', 'voided', 'corrected']),
    ...latenessFields,
  }),
  example,
});

export type DossierOverdueCleared = z.output<typeof dossierOverdueClearedV1.schema>;
