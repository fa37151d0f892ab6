import { defineFact, wireProcedureCode, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { versioned } from '../validity';
import example from './procedure-versioned.v1.example.json';

export const PROCEDURE_TERM_KINDS = ['working-hours', 'working-days', 'calendar-days', 'months'] as const;

/**
 * One version of a procedure, for every unit or as one unit and all below it have it: the nearest unit's record counts.
 */
export const procedureVersionedV1 = defineFact({
  type: 'catalog.procedure-versioned.v1',
  schema: z.object({
    code: wireProcedureCode,
    /** Absent: for every unit. */
    unit: wireUnitCode.optional(),
    name: z.string().min(1).max(500),
    /** Longest time that it may take; absent: none is set (lifecycle.md §4: undetermined). */
    term: z.object({ kind: z.enum(PROCEDURE_TERM_KINDS), amount: z.int().min(1).max(3660) }).optional(),
    /** Whether a fee that was asked for stops the clock until it is paid (lifecycle.md §1, status 6). */
    pauseOnFinancialObligation: z.boolean(),
    ...versioned,
  }),
  example,
});

export type ProcedureVersioned = z.output<typeof procedureVersionedV1.schema>;

/** Key of a procedure's records: the code, with `@` and the unit where it is a unit's own. Neither has an `@` in it. */
export function procedureKey(procedure: { readonly code: string; readonly unit?: string | undefined }): string {
  return procedure.unit === undefined ? procedure.code : `${procedure.code}@${procedure.unit}`;
}
