import type { Instant, Refusal, Result, UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';

import { decideOverrides, type CalendarContent, type OverrideOfUnit } from '../domain/calendar';
import type { UnitContent } from '../domain/unit';
import type { Recorded } from '../domain/versions';
import { checkAuthority, recordingInstant } from './authority';
import type { Clock, ReferenceRepository } from './ports';
import { loadDirectory } from './unit-directory';

export interface RecordOverridesCommand {
  readonly id: string;
  readonly unit: UnitCode;
  /** All that the unit has otherwise; empty: nothing any more. */
  readonly overrides: readonly OverrideOfUnit[];
  readonly principal: Principal;
  readonly recordedAt?: Instant | undefined;
}

/** Records what one unit has otherwise, as a new version of the calendar. Undefined: it says nothing new. */
export class RecordOverrides {
  constructor(
    private readonly calendars: ReferenceRepository<CalendarContent>,
    private readonly units: ReferenceRepository<UnitContent>,
    private readonly clock: Clock,
  ) {}

  async execute(
    { id, unit, overrides, principal, recordedAt }: RecordOverridesCommand,
  ): Promise<Result<Recorded<CalendarContent> | undefined, Refusal | readonly Refusal[]>> {
    const instant = recordingInstant(recordedAt, principal, this.clock);
    if (!instant.ok) return instant;
    const others = (await this.calendars.find(id))?.at(-1)?.content.overrides ?? [];
    const directory = await loadDirectory(this.units, [unit, ...others.map((each) => each.unit as UnitCode)]);
    const authority = checkAuthority(principal, unit, directory, 'unit');
    if (!authority.ok) return authority;
    return this.calendars.record<readonly Refusal[]>(id, (history) =>
      decideOverrides(id, history, unit, overrides, directory, instant.value));
  }
}
