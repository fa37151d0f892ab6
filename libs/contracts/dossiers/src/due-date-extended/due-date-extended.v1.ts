import { defineFact, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact } from '../dossier-fact';
import example from './due-date-extended.v1.example.json';

/** The office set a later due instant, with or without an apology note. */
export const dueDateExtendedV1 = defineFact({
  type: 'dossiers.due-date-extended.v1',
  schema: dossierFact({
    newDueAt: wireInstant,
    reasonCode: wireCode.optional(),
    apologyIssued: z.boolean(),
  }),
  example,
});
