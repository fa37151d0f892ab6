import { failed, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideUnitImport, withProposed, type ImportRow, type RowFault } from '../domain/decide-import';
import type { UnitContent } from '../domain/unit';
import { recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { checkUnitAuthority } from './record-unit';
import { linksOf, loadDirectory } from './unit-directory';

export interface ImportUnitsCommand {
  readonly rows: readonly ImportRow<UnitCode, UnitContent>[];
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a file of units, all rows or none; answers how many versions are new. */
export class ImportUnits {
  constructor(
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ rows, principal, recordedAt }: ImportUnitsCommand): Promise<Result<number, Refusal | readonly RowFault[]>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, rows.flatMap(({ id, content }) => [id, ...linksOf(content)]));
    // A parent may be new in the same file: who may record the parent may record what is below it.
    const afterwards = withProposed(directory, rows, instant.value);
    const outOfScope = rows.flatMap(({ row, id, content }): readonly RowFault[] => {
      const authority = checkUnitAuthority(principal, id, content, afterwards);
      return authority.ok ? [] : [{ row, ...authority.error }];
    });
    if (outOfScope.length > 0) return failed(outOfScope);
    return this.units.recordMany<readonly RowFault[]>(rows.map(({ id }) => id), (histories) =>
      decideUnitImport(rows, { find: (code) => histories.get(code) ?? directory.find(code) }, instant.value));
  }
}
