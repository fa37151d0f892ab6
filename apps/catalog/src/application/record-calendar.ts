import { failed, type Instant, type Refusal, type Result, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideCalendar, type CalendarContent } from '../domain/calendar';
import type { UnitContent } from '../domain/unit';
import type { Recorded } from '../domain/versions';
import { checkAuthority, recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface RecordCalendarCommand {
  readonly id: string;
  readonly content: CalendarContent;
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records a version of a whole calendar: it concerns every unit. Undefined: it says nothing new. */
export class RecordCalendar {
  constructor(
    private readonly calendars: ReferenceRepository<CalendarContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute(
    { id, content, principal, recordedAt }: RecordCalendarCommand,
  ): Promise<Result<Recorded<CalendarContent> | undefined, Refusal | readonly Refusal[]>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const directory = await loadDirectory(this.units, content.overrides.map(({ unit }) => unit as UnitCode));
    const authority = checkAuthority(principal, null, directory, 'id');
    if (!authority.ok) return failed(authority.error);
    return this.calendars.record<readonly Refusal[]>(id, (history) => decideCalendar(id, history, content, directory, instant.value));
  }
}
