import { defineFact, wireOfficerPseudonym } from '@index766/contracts-envelope';
import { z } from 'zod';
import example from './officer-erased.v1.example.json';

/** The name behind a pseudonym was erased: compaction drops the earlier records of the key, readers drop the name. */
export const officerErasedV1 = defineFact({
  type: 'catalog.officer-erased.v1',
  schema: z.object({ pseudonym: wireOfficerPseudonym }),
  example,
});
