import { defineFact, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';

import { documentPart, editionNumber, editionSeries } from '../edition-fields';
import example from './late-officer-list.v1.example.json';

/**
 * The late officers of a unit in an edition, or a part of the list: pseudonyms alone. The texts of all parts, one after
 * another, are canonical JSON (RFC 8785) whose SHA-256 the manifest of the edition names.
 */
export const lateOfficerListV1 = defineFact({
  type: 'aggregator.late-officer-list.v1',
  schema: z.object({ ...editionSeries, number: editionNumber, unit: wireUnitCode, ...documentPart }),
  example,
});
