import { defineFact, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import { documentPart, editionNumber, editionSeries } from '../edition-fields';
import example from './edition-document.v1.example.json';

/**
 * A document of an edition, or a part of one: the index of a unit, the rankings, or the changes of an amended edition. The
 * texts of all parts, one after another, are canonical JSON (RFC 8785) whose SHA-256 the manifest names.
 */
export const editionDocumentV1 = defineFact({
  type: 'aggregator.edition-document.v1',
  schema: z.object({
    ...editionSeries,
    number: editionNumber,
    document: z.enum(['index', 'rankings', 'changes']),
    /** Of an index. */
    unit: wireUnitCode.optional(),
    ...documentPart,
  }),
  example,
});
