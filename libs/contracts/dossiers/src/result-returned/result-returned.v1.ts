import { defineFact } from '@index766/contracts-envelope';
import { channel, dossierFact } from '../dossier-fact';
import example from './result-returned.v1.example.json';

/** The result was handed over (status 10). */
export const resultReturnedV1 = defineFact({
  type: 'dossiers.result-returned.v1',
  schema: dossierFact({
    channel,
  }),
  example,
});
