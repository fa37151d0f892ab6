import { headerText, type RawHeaders } from '@index766/contracts-envelope';
import { formatInstant, parseInstant, type Instant } from '@index766/kernel';
import type { VerbatimRecord } from '../publish/outgoing-record';

/** How an operator closed a dead letter: its record was sent again, or is given up with a reason. */
export const RESOLUTION_OUTCOMES = ['replayed', 'dropped'] as const;
export type ResolutionOutcome = (typeof RESOLUTION_OUTCOMES)[number];

/** An operator's word on a dead letter. It is a record of the dead-letter topic itself, behind the letter that it closes. */
export interface Resolution {
  /** Offset of the letter. */
  readonly of: bigint;
  readonly outcome: ResolutionOutcome;
  /** Why it was dropped; empty for a replay. */
  readonly reason: string;
  /** Who said so. */
  readonly by: string;
  readonly at: Instant;
}

const RESOLUTION_HEADER = {
  of: 'resolution-of',
  outcome: 'resolution-outcome',
  reason: 'resolution-reason',
  by: 'resolution-by',
  at: 'resolution-at',
} as const;

/** @param letters name of the dead-letter topic, which has one partition */
export function toResolutionRecord(letters: string, { of, outcome, reason, by, at }: Resolution): VerbatimRecord {
  return {
    topic: letters,
    partition: 0,
    key: null,
    value: null,
    headers: {
      [RESOLUTION_HEADER.of]: String(of),
      [RESOLUTION_HEADER.outcome]: outcome,
      [RESOLUTION_HEADER.reason]: reason,
      [RESOLUTION_HEADER.by]: by,
      [RESOLUTION_HEADER.at]: formatInstant(at),
    },
  };
}

/** Undefined for a record that is no resolution. */
export function readResolution(record: { readonly headers: RawHeaders }): Resolution | undefined {
  const text = (name: string): string | undefined => headerText(record.headers, name);
  const of = text(RESOLUTION_HEADER.of);
  const outcome = RESOLUTION_OUTCOMES.find((known) => known === text(RESOLUTION_HEADER.outcome));
  const at = parseInstant(text(RESOLUTION_HEADER.at) ?? '');
  if (of === undefined || !/^\d{1,19}$/.test(of) || outcome === undefined || at === undefined) return undefined;
  return { of: BigInt(of), outcome, at, reason: text(RESOLUTION_HEADER.reason) ?? '', by: text(RESOLUTION_HEADER.by) ?? '' };
}
