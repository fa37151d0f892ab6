import { defineFact, wireCode, wireInstant } from '@index766/contracts-envelope';
import { z } from 'zod';
import { dossierFact, partId, sourceName } from '../dossier-fact';
import example from './statement-not-followed.v1.example.json';

const instantField = z.enum([
  'registered-at', 'received-at', 'refused-at', 'finished-at', 'returned-at', 'withdrawn-at', 'stopped-at', 'stated-due-at',
  'step-deadline', 'step-ended-at', 'supplement-requested-at', 'supplement-completed-at',
]);
const codeField = z.enum(['unit', 'procedure', 'channel', 'return-channel']);

const heard = {
  /** The step or supplement that is meant, for the fields of one. */
  part: partId.optional(),
  source: sourceName,
  /** An older snapshot or report never corrects a newer one; of several sources the owner's word stands. */
  cause: z.enum(['outranked', 'other-source']),
  /** The latest instant that the statement names, and that of what stands; if equal its status ranks lower. */
  latestAt: wireInstant.optional(),
  outrankedBy: wireInstant.optional(),
};

/** A source stated another value than the one that stands, and it was not followed: told once for each value. */
export const statementNotFollowedV1 = defineFact({
  type: 'dossiers.statement-not-followed.v1',
  schema: z.discriminatedUnion('field', [
    dossierFact({ field: instantField, stated: wireInstant, standing: wireInstant, ...heard }),
    dossierFact({ field: codeField, stated: wireCode, standing: wireCode, ...heard }),
  ]),
  example,
});
