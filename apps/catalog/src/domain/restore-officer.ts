import type { Instant, UnitCode } from '@index766/kernel';

import { NOTHING_STATED, type Officer, type OfficerDescription } from './officer';

/** As the topic has it; records of an earlier version do not say since when. */
export type ToldDescription = OfficerDescription & Partial<Pick<Officer, 'knownSince' | 'earlier'>>;

/** What a record tells about an officer: null for a name that was erased. */
export interface ToldOfficer {
  readonly sequence: number;
  readonly recordedAt: Instant;
  readonly description: ToldDescription | null;
}

/** Until the pushes that named the officer are taken in again: the record of an erasure names no unit. */
const UNIT_NOT_TOLD = 'UNKNOWN' as UnitCode;

/**
 * The officer as the last record told it. Pushes are taken in again after a restore, so their place stays behind. A name
 * that differs in more than its writing is an administrator's: all spellings of one pseudonym are the same name.
 */
export function restoredOfficer(known: Officer | undefined, { sequence: records, recordedAt, description }: ToldOfficer): Officer {
  const lastSeen = known?.lastSeen ?? 0;
  if (description === null) {
    return { unit: known?.unit ?? UNIT_NOT_TOLD, lastSeen, sighting: null, statement: NOTHING_STATED, knownSince: recordedAt, earlier: [], erased: true, records, recordedAt };
  }
  const { unit, name, title, department, knownSince = recordedAt, earlier = [], ...stated } = description;
  const isStated = known !== undefined &&
    (known.statement.name !== undefined || known.sighting === null || writing(known.sighting.name) !== writing(name));
  return {
    unit, lastSeen, knownSince, earlier, erased: false, records, recordedAt,
    sighting: isStated ? known.sighting : { name, title, department },
    statement: isStated ? { ...stated, name, title: known.statement.title === undefined ? undefined : title } : stated,
  };
}

function writing(name: string): string {
  return name.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();
}
