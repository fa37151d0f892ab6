import { defineFact, factFields, wireCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { retracted } from '../document-fields';
import example from './population-data-used.v1.example.json';

/** The dossier was handled with data of the population: no paper had to prove what they say. */
export const populationDataUsedV1 = defineFact({
  type: 'digitization.population-data-used.v1',
  schema: factFields({
    /** A VNeID-verified account (TaiKhoanDuocXacThucVoiVNeID), or a database that the dossier was checked against (DSKetNoiCSDL). */
    by: z.enum(['verified-account', 'population-database']),
    /** MaCSDL */
    database: wireCode.optional(),
    retracted,
  }),
  example,
});
