import { failed, type Instant, type Refusal, type Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideFigureImport, type ImportRow, type RowFault } from '../domain/decide-import';
import { figureKey, type FigureContent, type FigureId, type StatedFigure } from '../domain/reported-figure';
import type { UnitContent } from '../domain/unit';
import { checkAuthority, recordingInstant, reporterOf } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface ImportFiguresCommand {
  readonly rows: readonly ImportRow<FigureId, StatedFigure>[];
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a file of reported figures, all rows or none; answers how many versions are new. */
export class ImportFigures {
  constructor(
    private readonly figures: ReferenceRepository<FigureContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ rows, principal, recordedAt }: ImportFiguresCommand): Promise<Result<number, Refusal | readonly RowFault[]>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const reporter = reporterOf(principal);
    if (!reporter.ok) return reporter;
    const directory = await loadDirectory(this.units, rows.map(({ id }) => id.unit));
    const outOfScope = rows.flatMap(({ row, id }): readonly RowFault[] => {
      const authority = checkAuthority(principal, id.unit, directory, 'unit');
      return authority.ok ? [] : [{ row, ...authority.error }];
    });
    if (outOfScope.length > 0) return failed(outOfScope);
    const reported = rows.map(({ row, id, content }) => ({ row, id, content: { ...content, reporter: reporter.value } }));
    return this.figures.recordMany<readonly RowFault[]>(rows.map(({ id }) => figureKey(id)), (histories) =>
      decideFigureImport(reported, figureKey, histories, directory, instant.value));
  }
}
