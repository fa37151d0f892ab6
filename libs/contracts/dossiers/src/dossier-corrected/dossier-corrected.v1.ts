import { defineFact, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact, partId } from '../dossier-fact';
import example from './dossier-corrected.v1.example.json';

const instantField = z.enum([
  'received-at', 'refused-at', 'finished-at', 'returned-at', 'withdrawn-at', 'stopped-at', 'stated-due-at',
  'step-deadline', 'step-ended-at', 'supplement-requested-at', 'supplement-completed-at',
]);
const codeField = z.enum(['unit', 'procedure', 'channel']);

const about = {
  /** The step or supplement that is meant, for the fields of one. */
  part: partId.optional(),
  reasonCode: wireCode,
};

/**
 * The source changed what it had said, or said what it had left out (no `before`): takes effect from the instant of the
 * fact that it corrects.
 */
export const dossierCorrectedV1 = defineFact({
  type: 'dossiers.dossier-corrected.v1',
  schema: z.discriminatedUnion('field', [
    dossierFact({ field: instantField, before: wireInstant.optional(), after: wireInstant, ...about }),
    dossierFact({ field: codeField, before: wireCode.optional(), after: wireCode, ...about }),
  ]),
  example,
});
