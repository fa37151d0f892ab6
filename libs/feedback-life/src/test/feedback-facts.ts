import { instantOf, parseInstant, type DossierId, type Instant } from '@index766/kernel';
import type { FeedbackFact, FeedbackFactBodies, FeedbackFactKind } from '../facts';

/** `05 08:30` of October 2026, local time. */
export function october(text: string): Instant {
  const instant = parseInstant(`2026-10-${text.replace(' ', 'T')}:00+07:00`);
  if (instant === undefined) throw new Error(`${text} is no instant`);
  return instant;
}

/** A fact to be numbered. */
export type Told = { readonly [Kind in FeedbackFactKind]: readonly [kind: Kind, at: Instant, body: FeedbackFactBodies[Kind]] }[FeedbackFactKind];

/** Facts of one dossier, recorded in this order. */
export function factsOf(...told: readonly Told[]): readonly FeedbackFact[] {
  return told.map(([kind, occurredAt, body], index) => ({
    kind, body, occurredAt, dossier: 'H44.114-1' as DossierId, recordedAt: instantOf(october('20 00:00') + index), sequence: index + 1,
    timeBasis: 'stated',
  } as FeedbackFact));
}
