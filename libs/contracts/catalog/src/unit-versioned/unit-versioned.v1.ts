import { defineFact, wireLocalDay, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { versioned } from '../validity';
import example from './unit-versioned.v1.example.json';

/** `BALANCE`: made up so that the figures of a parent come out; in no ranking or list. */
export const UNIT_LEVELS = ['COUNTRY', 'MINISTRY', 'PROVINCE', 'DEPARTMENT', 'COMMUNE', 'BALANCE'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/** One version of a unit that has an index of its own (index-766.md §2). */
export const unitVersionedV1 = defineFact({
  type: 'catalog.unit-versioned.v1',
  schema: z.object({
    code: wireUnitCode,
    name: z.string().min(1).max(200),
    level: z.enum(UNIT_LEVELS),
    /** Null for the root of a tree. */
    parent: wireUnitCode.nullable(),
    ...versioned,
    /** Takes over the dossiers of a unit that ends, from the day after `validTo` on. */
    successor: wireUnitCode.optional(),
    /** Periods that end after this day are published without being asked for. */
    reportingSince: wireLocalDay.optional(),
  }),
  example,
});

export type UnitVersioned = z.output<typeof unitVersionedV1.schema>;
