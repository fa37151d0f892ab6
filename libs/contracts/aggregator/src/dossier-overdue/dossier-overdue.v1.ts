import { defineFact, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';

import { latenessFields } from '../lateness-fields';
import example from './dossier-overdue.v1.example.json';

/**
 * A dossier is late and has not ended: its due instant has passed, or it was asked for a second supplement. Told again when
 * another due instant took force that has passed too.
 */
export const dossierOverdueV1 = defineFact({
  type: 'aggregator.dossier-overdue.v1',
  schema: z.object({
    /** Against which it is late; absent where there is none. */
    dueAt: wireInstant.optional(),
    cause: z.enum(['due-passed', 'second-supplement']),
    ...latenessFields,
  }),
  example,
});

export type DossierOverdue = z.output<typeof dossierOverdueV1.schema>;
