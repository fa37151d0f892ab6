import { defineFact, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact } from '../dossier-fact';
import example from './due-date-set.v1.example.json';

/** The due instant in force from now on; `dossiers` alone decides it. */
export const dueDateSetV1 = defineFact({
  type: 'dossiers.due-date-set.v1',
  schema: dossierFact({
    dueAt: wireInstant,
    basis: z.enum(['stated', 'term']),
    cause: z.enum([
      'received', 'supplement-completed', 'financial-obligation-fulfilled', 'extended', 'corrected', 'procedure-changed',
      'calendar-changed',
    ]),
    /** What the procedure's term gives, shown beside a stated due instant. */
    computedDueAt: wireInstant.optional(),
    /** Calendar id, `@` and version: `vn@2`. */
    calendarVersion: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}@[1-9][0-9]{0,8}$/),
  }),
  example,
});
