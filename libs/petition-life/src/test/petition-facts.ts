import { instantOf, parseInstant, type Instant, type PetitionId, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';
import type { PetitionFact, PetitionFactBodies, PetitionFactKind } from '../facts';
import type { CalendarOf } from '../terms';

/** `05 08:30` of October 2026, local time; the 5th is a Monday. */
export function october(text: string): Instant {
  const instant = parseInstant(`2026-10-${text.replace(' ', 'T')}:00+07:00`);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

export const UNIT = 'H44.114' as UnitCode;
export const OTHER_UNIT = 'H44.27' as UnitCode;
export const LATER_PETITION = 'PAKN.2' as PetitionId;
export const calendarOf: CalendarOf = () => calendarFor(VIETNAM_CALENDAR, []);

/** The last instant of a day, at which terms in days are due: 24:00. */
export const endOf = (day: number): Instant => instantOf(october(`${String(day).padStart(2, '0')} 00:00`) + 86_400_000);

/** A fact to be numbered. */
export type Told = { readonly [Kind in PetitionFactKind]: readonly [kind: Kind, at: Instant, body: PetitionFactBodies[Kind]] }[PetitionFactKind];

/** Facts of one petition, recorded in this order. */
export function factsOf(...told: readonly Told[]): readonly PetitionFact[] {
  return told.map(([kind, occurredAt, body], index) => ({
    kind, body, occurredAt, petition: 'PAKN.1' as PetitionId, recordedAt: instantOf(october('20 00:00') + index), sequence: index + 1,
    timeBasis: 'stated',
  } as PetitionFact));
}

export const received = (at = '05 08:30'): Told => ['petition-received', october(at), { unit: UNIT, class: 'conduct' }];
export const transferred = (at: string, unit = OTHER_UNIT): Told => ['petition-transferred', october(at), { unit }];
export const refused = (at: string): Told => ['petition-refused', october(at), {}];
export const asked = (at: string): Told => ['petition-supplement-requested', october(at), {}];
export const completed = (at: string): Told => ['petition-supplement-completed', october(at), {}];
export const answered = (at: string): Told => ['petition-answered', october(at), {}];
export const published = (at: string): Told => ['petition-published', october(at), {}];
export const satisfied = (at: string, value: boolean): Told => ['answer-rated', october(at), { satisfied: value }];
export const repeated = (at: string): Told => ['petition-repeated', october(at), { by: LATER_PETITION }];
export const repeatWithdrawn = (at: string): Told => ['petition-repeat-withdrawn', october(at), { by: LATER_PETITION }];
export const classified = (at: string): Told => ['petition-classified', october(at), { class: 'rules' }];
