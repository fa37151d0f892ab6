import { defineFact } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact } from '../dossier-fact';
import example from './dossier-voided.v1.example.json';

/** Deleted or re-created at the source. */
export const dossierVoidedV1 = defineFact({
  type: 'dossiers.dossier-voided.v1',
  schema: dossierFact({
    reason: z.enum(['deleted', 're-created']),
  }),
  example,
});
