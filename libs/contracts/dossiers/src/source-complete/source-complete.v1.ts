import { defineFact, wireLocalDay } from '@index766/contracts-envelope';
import { z } from 'zod';
import { sourceName } from '../dossier-fact';
import example from './source-complete.v1.example.json';

/** A source says that it has pushed everything that happened up to the end of a local day. */
export const sourceCompleteV1 = defineFact({
  type: 'dossiers.source-complete.v1',
  schema: z.object({ source: sourceName, day: wireLocalDay }),
  example,
});
