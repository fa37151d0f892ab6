import { defineFact, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';

import { latenessFields } from '../lateness-fields';
import example from './dossier-due-soon.v1.example.json';

/**
 * A dossier is open and due today or on the next working day. Told again when another due instant takes force; that it ended
 * in time, or waits for the citizen, is told by the facts of the dossier.
 */
export const dossierDueSoonV1 = defineFact({
  type: 'aggregator.dossier-due-soon.v1',
  schema: z.object({
    dueAt: wireInstant,
    /** What set the due instant that is in force. */
    cause: z.enum([
      'received', 'supplement-completed', 'financial-obligation-fulfilled', 'extended', 'corrected', 'procedure-changed', 'calendar-changed',
    ]),
    ...latenessFields,
  }),
  example,
});

export type DossierDueSoon = z.output<typeof dossierDueSoonV1.schema>;
