import { defineFact, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';

import { editionNumber, editionSeries, wireSha256 } from '../edition-fields';
import example from './edition-published.v1.example.json';

/**
 * An edition was published: with this record it is there as a whole. `manifest` is its canonical JSON (RFC 8785) byte for
 * byte, with the hash of every document of the edition; `sha256` is the hash of these bytes, `signature` the Ed25519
 * signature (base64) over the 32 bytes of that hash, by the key that `keyId` names.
 */
export const editionPublishedV1 = defineFact({
  type: 'aggregator.edition-published.v1',
  schema: z.object({
    ...editionSeries,
    number: editionNumber,
    state: z.enum(['official', 'amended']),
    /** The closing instant: what was known before it counts. */
    knownBefore: wireInstant,
    manifest: z.string().min(2).max(50_000),
    sha256: wireSha256,
    signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    /** The subject of the token; absent: by the rule. */
    publishedBy: wireCode.optional(),
  }),
  example,
});

export type EditionPublished = z.output<typeof editionPublishedV1.schema>;
