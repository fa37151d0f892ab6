import { formatInstant, formatLocalDay, type Refusal, type RefusalCode, type Result } from '@index766/kernel';
import { RefusalException } from '@index766/platform-http';

import type { Page } from '../application/ports';
import { figureKey } from '../domain/reported-figure';
import type { Recorded, Validity } from '../domain/versions';
import type { CalendarEntry } from '../queries/calendar-queries';
import type { FigureEntry } from '../queries/figure-queries';
import type { OfficerEntry } from '../queries/officer-queries';
import type { Entry } from '../queries/reference-queries';

/** The answer to PUT: the new version, or that nothing is new. */
export function recordedJson<Content>(recorded: Recorded<Content> | undefined) {
  return recorded === undefined ? { changed: false as const } : { changed: true as const, ...versionJson(recorded) };
}

export function versionJson<Content>({ version, recordedAt, content }: Recorded<Content>) {
  return { version, recordedAt: formatInstant(recordedAt), ...content };
}

/** One key with what holds on the day and every version. */
export function entryJson<Content extends Validity>(entry: Entry<Content>) {
  return { ...listedJson(entry), versions: entry.versions.map(versionJson) };
}

/** One key in a list: what holds on the day. */
export function listedJson<Content extends Validity>({ key, day, inForce }: Entry<Content>) {
  return { key, asOf: formatLocalDay(day), inForce: inForce === null ? null : versionJson(inForce) };
}

export function calendarJson({ definition, recordedAt, versions }: CalendarEntry) {
  return {
    ...definition,
    recordedAt: formatInstant(recordedAt),
    versions: versions.map((each) => ({ version: each.version, recordedAt: formatInstant(each.recordedAt) })),
  };
}

/** One figure as it is known, and every version. */
export function figureJson(entry: FigureEntry) {
  return { ...listedFigureJson(entry), versions: entry.versions.map(versionJson) };
}

/** One figure in a list. */
export function listedFigureJson({ id, latest }: FigureEntry) {
  return { key: figureKey(id), ...id, ...versionJson(latest) };
}

export function officerJson({ pseudonym, unit, description }: OfficerEntry) {
  return description === null ? { pseudonym, unit, erased: true as const } : { pseudonym, erased: false as const, ...description };
}

export function pageJson<Item, Json>({ items, next }: Page<Item>, toJson: (item: Item) => Json) {
  return { items: items.map(toJson), next };
}

/** The value of a result; one refusal is answered as it is, several under one code with a part for each. */
export function orRefuseAll<T>(result: Result<T, Refusal | readonly Refusal[]>, code: RefusalCode, detail: string): T {
  if (result.ok) return result.value;
  const { error } = result;
  if (!isList(error)) throw new RefusalException(error);
  throw new RefusalException({ code, detail }, error.map((each) => ({ path: each.path ?? '', code: each.code, detail: each.detail })));
}

function isList(error: Refusal | readonly Refusal[]): error is readonly Refusal[] {
  return Array.isArray(error);
}
