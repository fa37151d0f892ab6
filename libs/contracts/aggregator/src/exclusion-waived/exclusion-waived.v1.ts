import { defineFact, wireCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import { WAIVER_REASONS, editionSeries, reasonDocument } from '../edition-fields';
import example from './exclusion-waived.v1.example.json';

/**
 * What holds back an edition is waived: it is published all the same and lists what it leaves out. `subject`: a dossier or
 * petition, left out as a whole; `producer`: what a service recorded behind its last watermark; `source`: a source system
 * that has not been heard since the period's end.
 */
export const exclusionWaivedV1 = defineFact({
  type: 'aggregator.exclusion-waived.v1',
  schema: z.object({
    ...editionSeries,
    kind: z.enum(['subject', 'producer', 'source']),
    /** Code of the dossier or petition, name of the service or of the source system. */
    id: z.string().regex(/^\S{1,128}$/u),
    reason: z.enum(WAIVER_REASONS),
    document: reasonDocument,
    /** The subject of the token, a code. */
    waivedBy: wireCode,
  }),
  example,
});

export type ExclusionWaived = z.output<typeof exclusionWaivedV1.schema>;
