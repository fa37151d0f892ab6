import { defineFact, wireProcedureCode, wireUnitCode } from '@index766/contracts-envelope';
import { channel, dossierFact, sourceName } from '../dossier-fact';
import example from './dossier-registered.v1.example.json';

/** Registered online or at the desk, not yet accepted (status 1). */
export const dossierRegisteredV1 = defineFact({
  type: 'dossiers.dossier-registered.v1',
  schema: dossierFact({
    unit: wireUnitCode,
    procedure: wireProcedureCode,
    channel,
    source: sourceName,
  }),
  example,
});
