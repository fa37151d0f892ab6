import { defineFact, wireUnitCode } from '@index766/contracts-envelope';
import { z } from 'zod';
import { divisionName } from '../dossier-fact';
import example from './officer-seen.v1.example.json';

/**
 * A push named an officer under this pseudonym, for the first time or with another title. The one record of `dossiers`
 * with a name in it, for catalog alone.
 */
export const officerSeenV1 = defineFact({
  type: 'dossiers.officer-seen.v1',
  schema: z.object({
    /** NguoiXuLy */
    name: z.string().min(1).max(200),
    /** ChucDanh */
    title: z.string().min(1).max(200).optional(),
    /** PhongBanXuLy */
    department: divisionName.optional(),
    unit: wireUnitCode,
  }),
  example,
});
