import { procedureKey } from '@index766/contracts-catalog';
import { failed, type Instant, type Refusal, type Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideProcedureImport, type ImportRow, type RowFault } from '../domain/decide-import';
import type { ProcedureContent, ProcedureId } from '../domain/procedure';
import type { UnitContent } from '../domain/unit';
import { checkAuthority, recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface ImportProceduresCommand {
  readonly rows: readonly ImportRow<ProcedureId, ProcedureContent>[];
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a file of procedures, all rows or none; answers how many versions are new. */
export class ImportProcedures {
  constructor(
    private readonly procedures: ReferenceRepository<ProcedureContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ rows, principal, recordedAt }: ImportProceduresCommand): Promise<Result<number, Refusal | readonly RowFault[]>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, rows.flatMap(({ id }) => (id.unit === undefined ? [] : [id.unit])));
    const outOfScope = rows.flatMap(({ row, id }): readonly RowFault[] => {
      const authority = checkAuthority(principal, id.unit ?? null, directory, 'unit');
      return authority.ok ? [] : [{ row, ...authority.error }];
    });
    if (outOfScope.length > 0) return failed(outOfScope);
    return this.procedures.recordMany<readonly RowFault[]>(rows.map(({ id }) => procedureKey(id)), (histories) =>
      decideProcedureImport(rows, procedureKey, histories, directory, instant.value));
  }
}
