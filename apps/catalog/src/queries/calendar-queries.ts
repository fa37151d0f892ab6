import { ok, refused, type Instant, type Result } from '@index766/kernel';
import type { CalendarDefinition } from '@index766/working-time';

import type { Page, ReferenceRepository } from '../application/ports';
import { definitionOf, type CalendarContent } from '../domain/calendar';
import { knownBy } from '../domain/versions';

export interface CalendarEntry {
  readonly definition: CalendarDefinition;
  readonly recordedAt: Instant;
  /** Every version that was recorded, and when. */
  readonly versions: readonly { readonly version: number; readonly recordedAt: Instant }[];
}

/** Reads calendars: the latest version, one by its number, or the latest that was known at an instant. */
export class CalendarQueries {
  constructor(private readonly calendars: Pick<ReferenceRepository<CalendarContent>, 'find' | 'page'>) {}

  async one(
    id: string, which: { readonly version?: number | undefined; readonly knownBy?: Instant | undefined },
  ): Promise<Result<CalendarEntry>> {
    const recorded = (await this.calendars.find(id)) ?? [];
    const known = which.knownBy === undefined ? recorded : knownBy(recorded, which.knownBy);
    const asked = which.version === undefined ? known.at(-1) : known.find(({ version }) => version === which.version);
    if (asked === undefined) return refused('CALENDAR.NOT_FOUND', 'there is no such calendar or version of it', 'id');
    return ok({
      definition: definitionOf(id, asked),
      recordedAt: asked.recordedAt,
      versions: known.map(({ version, recordedAt }) => ({ version, recordedAt })),
    });
  }

  async ids(query: { readonly after?: string | undefined; readonly limit: number }): Promise<Page<string>> {
    const { items, next } = await this.calendars.page(query);
    return { items: items.map(([id]) => id), next };
  }
}
