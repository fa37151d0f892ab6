import type { CalendarVersioned, ProcedureVersioned, UnitVersioned } from '@index766/contracts-catalog';
import type { VersionSource } from '@index766/platform-reference';
import { Reference } from '../application/reference';

interface Records {
  readonly units?: readonly (readonly [string, readonly UnitVersioned[]])[];
  readonly procedures?: readonly (readonly [string, readonly ProcedureVersioned[]])[];
  readonly calendars?: readonly (readonly [string, readonly CalendarVersioned[]])[];
  readonly knownRecords?: number;
}

/** Reference records without a cache. */
export function referenceOf({ units = [], procedures = [], calendars = [], knownRecords = 0 }: Records): Reference {
  const versions = { units: source(units), procedures: source(procedures), calendars: source(calendars) };
  return new Reference({ ...versions, knownRecords, fresh: () => Promise.resolve() }, 'vn');
}

export function emptyReference(): Reference {
  return referenceOf({});
}

function source<Content>(entries: readonly (readonly [string, readonly Content[]])[]): VersionSource<Content> {
  const versions = new Map(entries);
  return { revision: 1, versionsOf: (key) => versions.get(key) ?? [] };
}
