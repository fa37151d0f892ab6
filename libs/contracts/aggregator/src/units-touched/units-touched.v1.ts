import { defineFact, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import example from './units-touched.v1.example.json';

/** Most units of one mark: keeps the record far below 64 kB. */
export const MOST_UNITS_PER_MARK = 500;

/**
 * The figures of these units have to be merged again. Says what to look at, not what changed: repetitions are harmless.
 * `generation` names the generation of figures that is meant; absent = the first. Others need not look.
 */
export const unitsTouchedV1 = defineFact({
  type: 'aggregator.units-touched.v1',
  schema: z.object({
    units: z.array(wireUnitCode).min(1).max(MOST_UNITS_PER_MARK),
    generation: z.number().int().min(2).optional(),
  }),
  example,
});
