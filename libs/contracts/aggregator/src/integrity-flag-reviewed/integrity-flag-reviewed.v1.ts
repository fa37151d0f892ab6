import { defineFact, wireCode, wireDossierId, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';

import { REVIEW_REASONS } from '../integrity-change-reviewed/integrity-change-reviewed.v1';
import example from './integrity-flag-reviewed.v1.example.json';

/** Flags that are about no single fact: what is flagged counts anyway, and a review says that somebody looked at it. */
export const REVIEWED_FLAGS = ['bulk-corrections', 're-created'] as const;

/** A reviewer looked at such a flag. Of several reviews of one flag the last one stands; none changes a figure. */
export const integrityFlagReviewedV1 = defineFact({
  type: 'aggregator.integrity-flag-reviewed.v1',
  schema: z.object({
    flag: z.enum(REVIEWED_FLAGS),
    /** Where it stands. */
    unit: wireUnitCode,
    /** The week in which what is flagged was recorded. */
    week: z.string().regex(/^\d{4}-W\d{2}$/).refine((name) => parsePeriod(name).ok),
    /** The dossier that was made again; absent of many corrections, which are the unit's. */
    dossier: wireDossierId.optional(),
    outcome: z.enum(['accepted', 'declined']),
    reason: z.enum(REVIEW_REASONS),
    /** Numbers of documents that show it. */
    evidence: z.array(wireCode).max(20),
    /** The subject of the token, a code. */
    reviewedBy: wireCode,
  }),
  example,
});

export type IntegrityFlagReviewed = z.output<typeof integrityFlagReviewedV1.schema>;
