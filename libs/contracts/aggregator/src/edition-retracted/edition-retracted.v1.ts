import { defineFact, wireCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import { RETRACTION_REASONS, editionNumber, editionSeries, reasonDocument } from '../edition-fields';
import example from './edition-retracted.v1.example.json';

/** An edition was taken back. It stays readable, and says that it does not count and why. */
export const editionRetractedV1 = defineFact({
  type: 'aggregator.edition-retracted.v1',
  schema: z.object({
    ...editionSeries,
    number: editionNumber,
    reason: z.enum(RETRACTION_REASONS),
    document: reasonDocument,
    /** The subject of the token, a code. */
    retractedBy: wireCode,
  }),
  example,
});

export type EditionRetracted = z.output<typeof editionRetractedV1.schema>;
