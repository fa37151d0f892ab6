import { defineFact, wireCode, wireDossierId, wireOfficerPseudonym, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

import example from './lateness-objected.v1.example.json';

/** Why a dossier's lateness is said not to be the officer's. A closed list: no sentence, and so no name, fits in. */
export const OBJECTION_REASONS = [
  'not-the-holder', 'absence', 'other-authority', 'system-outage', 'wrong-data', 'force-majeure',
] as const;

/** Most late dossiers that one objection names: keeps the record below 64 kB. */
export const MOST_DOSSIERS_PER_OBJECTION = 500;

/**
 * Somebody objects that the lateness of these dossiers, as the list of a unit and period has it, is an officer's. It says
 * nothing of the unit's own figures.
 */
export const latenessObjectedV1 = defineFact({
  type: 'aggregator.lateness-objected.v1',
  schema: z.object({
    officer: wireOfficerPseudonym,
    /** Whose list, and of which period: `2026-W43`. */
    unit: wireUnitCode,
    period: z.string().min(4).max(22).refine((name) => parsePeriod(name).ok),
    dossiers: z.array(wireDossierId).min(1).max(MOST_DOSSIERS_PER_OBJECTION),
    reason: z.enum(OBJECTION_REASONS),
    /** Numbers of documents that show it. */
    evidence: z.array(wireCode).min(1).max(20),
    /** The subject of the token, a code. */
    objectedBy: wireCode,
  }),
  example,
});

export type LatenessObjected = z.output<typeof latenessObjectedV1.schema>;
