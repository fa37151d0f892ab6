import { defineFact, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';

import { editionNumber, editionSeries, wireSha256 } from '../edition-fields';
import example from './edition-issued.v1.example.json';

/**
 * The first record of an edition, and so of its key: what it is, and how many records with its documents follow. That it
 * counts, and later that it was taken back, is said by the decisions.
 */
export const editionIssuedV1 = defineFact({
  type: 'aggregator.edition-issued.v1',
  schema: z.object({
    ...editionSeries,
    number: editionNumber,
    kind: z.enum(['week', 'month', 'quarter', 'half', 'six-months', 'nine-months', 'year']),
    state: z.enum(['official', 'amended']),
    /** First and last instant of the period; figures are those at its end. */
    start: wireInstant,
    end: wireInstant,
    /** What was known before it counts. */
    knownBefore: wireInstant,
    definition: wireCode,
    /** Calendar id, `@` and version: `vn@2`. */
    calendar: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}@[1-9][0-9]{0,8}$/),
    /** Canonical JSON of the manifest, its hash, and the Ed25519 signature over the hash. */
    manifest: z.string().min(2).max(50_000),
    sha256: wireSha256,
    signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    /** Records of this key that follow. */
    records: z.int().min(1),
  }),
  example,
});
