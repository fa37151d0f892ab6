import type { PipeTransform } from '@nestjs/common';
import {
  parseDossierId, parseOfficerPseudonym, parsePeriod, parsePetitionId, parseProcedureCode, parseUnitCode, type DossierId,
  type OfficerPseudonym, type Period, type PetitionId, type ProcedureCode, type UnitCode,
} from '@index766/kernel';
import { RefusalException, orRefuse } from '../problems/refusal.exception';

/** Turns a path or query parameter into a checked code: `@Param('unit', UnitCodePipe) unit: UnitCode`. */
function codePipe<Code>(what: string, path: string, parse: (text: string) => Code | undefined) {
  return class implements PipeTransform<unknown, Code> {
    transform(value: unknown): Code {
      const code = typeof value === 'string' ? parse(value) : undefined;
      if (code === undefined) {
        throw new RefusalException({ code: 'REQUEST.INVALID', detail: `this is no ${what}`, path });
      }
      return code;
    }
  };
}

export const DossierIdPipe = codePipe<DossierId>('code of a dossier', 'dossier', parseDossierId);
export const PetitionIdPipe = codePipe<PetitionId>('code of a petition', 'petition', parsePetitionId);
export const UnitCodePipe = codePipe<UnitCode>('code of a unit', 'unit', parseUnitCode);
export const ProcedureCodePipe = codePipe<ProcedureCode>('code of a procedure', 'procedure', parseProcedureCode);
export const OfficerPseudonymPipe = codePipe<OfficerPseudonym>('pseudonym of an officer', 'officer', parseOfficerPseudonym);

/** `2026-W47`, `2026-10`, `2026-10-01..2026-10-15` and the other forms of a period. */
export class PeriodPipe implements PipeTransform<unknown, Period> {
  transform(value: unknown): Period {
    return orRefuse(parsePeriod(typeof value === 'string' ? value : ''));
  }
}
