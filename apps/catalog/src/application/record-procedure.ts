import { procedureKey } from '@index766/contracts-catalog';
import type { Instant, Refusal, Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideProcedure, type ProcedureContent, type ProcedureId } from '../domain/procedure';
import type { UnitContent } from '../domain/unit';
import type { Recorded } from '../domain/versions';
import { checkAuthority, recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface RecordProcedureCommand {
  readonly id: ProcedureId;
  readonly content: ProcedureContent;
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a version of a procedure, for every unit or for one. Undefined: it says nothing new. */
export class RecordProcedure {
  constructor(
    private readonly procedures: ReferenceRepository<ProcedureContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ id, content, principal, recordedAt }: RecordProcedureCommand): Promise<Result<Recorded<ProcedureContent> | undefined>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, id.unit === undefined ? [] : [id.unit]);
    const authority = checkAuthority(principal, id.unit ?? null, directory, 'unit');
    if (!authority.ok) return authority;
    return this.procedures.record<Refusal>(procedureKey(id), (history) => decideProcedure(id, history, content, directory, instant.value));
  }
}
