import { defineFact, wireCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import example from './integrity-change-reviewed.v1.example.json';

/** Why a reviewer decided so: a closed list, so that no sentence fits in. */
export const REVIEW_REASONS = ['evidence-shows-it', 'source-error', 'evidence-does-not-show-it', 'evidence-missing', 'known-and-harmless'] as const;

/**
 * A reviewer looked at a change that an integrity rule flags. The key is the dossier. An accepted change counts from then on;
 * of several reviews of one change the last one stands.
 */
export const integrityChangeReviewedV1 = defineFact({
  type: 'aggregator.integrity-change-reviewed.v1',
  schema: z.object({
    /** The sequence of the change among the facts of the dossier on dossiers.public.dossier.v1. */
    change: z.int().min(1),
    outcome: z.enum(['accepted', 'declined']),
    reason: z.enum(REVIEW_REASONS),
    /** Numbers of documents that show it. */
    evidence: z.array(wireCode).max(20),
    /** The subject of the token, a code. */
    reviewedBy: wireCode,
  }),
  example,
});

export type IntegrityChangeReviewed = z.output<typeof integrityChangeReviewedV1.schema>;
