import { instantOf, latest, type Instant, type Period } from '@index766/kernel';

/** A fee that nobody has to pay: somebody decided it at a desk, so that no push says it. */
export interface SampleWaiver {
  /** Code of the dossier, as the pushes have it. */
  readonly dossier: string;
  readonly fee: string;
  readonly at: Instant;
}

/** Halfway between the receipt, or the period's start, and the period's end. */
export function waiverOf({ dossier, fee, receivedAt, period }: { dossier: string; fee: string; receivedAt: Instant; period: Period }): SampleWaiver {
  const from = latest(receivedAt, period.start);
  return { dossier, fee, at: instantOf(from + Math.floor((period.end - 1000 - from) / 2000) * 1000) };
}
