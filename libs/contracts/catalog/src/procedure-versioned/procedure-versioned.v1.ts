import { defineFact, wireLocalDay, wireProcedureCode, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { versioned } from '../validity';
import example from './procedure-versioned.v1.example.json';

export const PROCEDURE_TERM_KINDS = ['working-hours', 'working-days', 'calendar-days', 'months'] as const;

/** What every procedure consists of (Decree 63/2010/NĐ-CP, article 8.2 a to g; Vietnamese names in docs/glossary.md). */
export const PROCEDURE_PARTS = ['name', 'steps', 'manner', 'dossier', 'time-limit', 'applicants', 'agency'] as const;
export type ProcedurePart = (typeof PROCEDURE_PARTS)[number];

/** How much of a procedure can be done online. */
export const ONLINE_LEVELS = ['none', 'partial', 'full'] as const;
export type OnlineLevel = (typeof ONLINE_LEVELS)[number];

/** Something that is to be done by a day, and the day on which it was done. */
const duty = z.object({ dueOn: wireLocalDay.optional(), on: wireLocalDay.optional() });

/**
 * One version of a procedure, for every unit or as one unit and all below it have it: for a dossier the nearest unit's
 * record counts. What a unit has of its own (what it announced, offers online, has for citizens …) is said by the
 * records of exactly this unit; a flag that is absent is not said, and counts as no.
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
    /** Announced by decision of the province. */
    announcement: duty.optional(),
    /** Made public, for everybody to read. */
    publication: duty.optional(),
    /** Those of the seven parts that are public; absent: not known. */
    parts: z.array(z.enum(PROCEDURE_PARTS)).max(PROCEDURE_PARTS.length).optional(),
    /** How much of what was announced can be done online (3.1 of index-766.md §4). */
    onlineLevel: z.enum(ONLINE_LEVELS).optional(),
    /** Whether the unit offers it as an online service (3.2), whoever announced it; absent: as `onlineLevel` says. */
    offeredOnline: z.boolean().optional(),
    /** Whether it could be provided fully online. */
    eligibleForFull: z.boolean().optional(),
    /** Whether applicants pay a fee: F of index-766.md §4. */
    fee: z.boolean().optional(),
    /** Whether the fee can be paid online. */
    onlinePayment: z.boolean().optional(),
    /** Whether citizens are among its applicants, so that population data can be used. */
    citizen: z.boolean().optional(),
    /** Whether it ends with a result document; absent: it does. */
    resultDocument: z.boolean().optional(),
    /** Whether the unit offers certified electronic copies by it. */
    certifiedCopies: z.boolean().optional(),
    ...versioned,
  }),
  example,
});

export type ProcedureVersioned = z.output<typeof procedureVersionedV1.schema>;

/** Key of a procedure's records: the code, with `@` and the unit where it is a unit's own. Neither has an `@` in it. */
export function procedureKey(procedure: { readonly code: string; readonly unit?: string | undefined }): string {
  return procedure.unit === undefined ? procedure.code : `${procedure.code}@${procedure.unit}`;
}
