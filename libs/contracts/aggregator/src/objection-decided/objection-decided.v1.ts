import { defineFact, wireCode, wireOfficerPseudonym, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

import example from './objection-decided.v1.example.json';

/** `upheld`: the lateness stays the officer's; `lifted`: it is taken off the officer. */
export const OBJECTION_OUTCOMES = ['upheld', 'lifted'] as const;

/** Why it was decided so: a closed list, as that of objections. */
export const DECISION_REASONS = ['evidence-shows-it', 'evidence-does-not-show-it', 'evidence-missing', 'not-relevant'] as const;

/**
 * An objection was decided. `lifted` clears the officer of the dossiers that it names, for what was late up to the end of
 * its period, in every list; never the unit's figures.
 */
export const objectionDecidedV1 = defineFact({
  type: 'aggregator.objection-decided.v1',
  schema: z.object({
    officer: wireOfficerPseudonym,
    unit: wireUnitCode,
    period: z.string().min(4).max(22).refine((name) => parsePeriod(name).ok),
    /** The sequence of the objection that is decided. */
    objection: z.int().min(1),
    outcome: z.enum(OBJECTION_OUTCOMES),
    reason: z.enum(DECISION_REASONS),
    /** The subject of the token, a code. */
    decidedBy: wireCode,
  }),
  example,
});

export type ObjectionDecided = z.output<typeof objectionDecidedV1.schema>;
