import { defineFact, wireInstant, wireProcedureCode, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { channel, dossierFact, sourceName } from '../dossier-fact';
import example from './dossier-received.v1.example.json';

/** Received (status 2): the clock starts at the instant that the fact occurred. */
export const dossierReceivedV1 = defineFact({
  type: 'dossiers.dossier-received.v1',
  schema: dossierFact({
    unit: wireUnitCode,
    procedure: wireProcedureCode,
    channel,
    source: sourceName,
    /** The due instant that the source states, 24:00 of the day where it states a bare day. */
    statedDueAt: wireInstant.optional(),
    /** Whether it came by the national push (indicator 1.4). */
    pushed: z.boolean(),
  }),
  example,
});
