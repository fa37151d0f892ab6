import type { UnitCode } from '@index766/kernel';
import { NO_DOSSIERS, type DossierCounts } from '../figures/dossier-counts';
import { NO_PETITIONS } from '../figures/petition-counts';
import { NO_PROCEDURES } from '../figures/procedure-stocks';
import type { SampleUnit } from '../figures/sample-units';

/** A unit of a sample with nothing but what a spec says of it; everybody is satisfied. */
export function sampleUnit(
  code: string, { counts = {}, ...rest }: Partial<Omit<SampleUnit, 'code' | 'counts'>> & { readonly counts?: Partial<DossierCounts> } = {},
): SampleUnit {
  const { onTime = 0 } = rest;
  return {
    code: code as UnitCode, name: `Đơn vị mẫu ${code}`, level: 'COMMUNE', parent: null, dossiers: 0, petitions: NO_PETITIONS,
    procedures: NO_PROCEDURES, announced: [], reported: null, certifiesCopies: null, ...rest, onTime,
    counts: { ...NO_DOSSIERS, satisfied: onTime, ...counts },
  };
}
