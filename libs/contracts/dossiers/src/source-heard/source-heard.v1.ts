import { defineFact } from '@index766/contracts-envelope';
import { z } from 'zod';
import { sourceName } from '../dossier-fact';
import example from './source-heard.v1.example.json';

/** A source pushed, whether that said anything new or not: told of the first push of each local day. */
export const sourceHeardV1 = defineFact({
  type: 'dossiers.source-heard.v1',
  schema: z.object({ source: sourceName }),
  example,
});
