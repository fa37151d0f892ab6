import type { Instant, Refusal, Result } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideFigure, figureKey, type FigureContent, type FigureId, type StatedFigure } from '../domain/reported-figure';
import type { UnitContent } from '../domain/unit';
import type { Recorded } from '../domain/versions';
import { checkAuthority, recordingInstant, reporterOf } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface RecordFigureCommand {
  readonly id: FigureId;
  readonly figure: StatedFigure;
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a version of a reported figure. Undefined: it says nothing new. */
export class RecordFigure {
  constructor(
    private readonly figures: ReferenceRepository<FigureContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute({ id, figure, principal, recordedAt }: RecordFigureCommand): Promise<Result<Recorded<FigureContent> | undefined>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, [id.unit]);
    const authority = checkAuthority(principal, id.unit, directory, 'unit');
    if (!authority.ok) return authority;
    const reporter = reporterOf(principal);
    if (!reporter.ok) return reporter;
    const content = { ...figure, reporter: reporter.value };
    return this.figures.record<Refusal>(figureKey(id), (history) => decideFigure(id, history, content, directory, instant.value));
  }
}
