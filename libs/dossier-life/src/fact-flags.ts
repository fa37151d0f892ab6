import { MILLISECONDS_PER_MINUTE, compareText, periodContaining, type Instant } from '@index766/kernel';

import type { DossierFact } from './facts';
import type { UncountedFact } from './life';
import { isEndKind } from './recorded-ends';
import type { DossierView, FactFlag, FactFlagKind } from './view';

/** The last hours of a week in which many corrections at once are flagged (lifecycle.md §6). */
const WEEK_END_HOURS = 4;
const NO_FLAGS: DossierView['flags'] = [];

/**
 * The facts of a dossier that integrity rules ask about, by sequence. They see what was said before and after and when it was
 * recorded; bulk loads are exempt from the rule about corrections alone.
 */
export function factFlags(
  facts: readonly DossierFact[], uncounted: readonly UncountedFact[], reviews: ReadonlyMap<number, 'accepted' | 'declined'>,
): readonly FactFlag[] {
  const reasons = new Map<number, FactFlagKind>();
  for (const { sequence, reason } of uncounted) if (reason !== 'impossible-in-status') reasons.set(sequence, reason);
  const flags = new Map<string, FactFlag>();
  for (const fact of facts) {
    const { sequence, recordedAt } = fact;
    const found = [reasons.get(sequence), saysFutureEnd(fact) ? 'future-end' as const : undefined, isLateCorrection(fact) ? 'correction-at-week-end' as const : undefined];
    for (const flag of found) {
      if (flag !== undefined) flags.set(`${sequence} ${flag}`, { flag, sequence, recordedAt, review: reviews.get(sequence) ?? null });
    }
  }
  if (flags.size === 0) return NO_FLAGS;
  return [...flags.values()].sort((a, b) => a.sequence - b.sequence || compareText(a.flag, b.flag));
}

/** An end that lay ahead when it was recorded: the dossier is open until then. */
function saysFutureEnd(fact: DossierFact): boolean {
  if (isEndKind(fact.kind)) return fact.occurredAt > fact.recordedAt;
  return fact.kind === 'dossier-corrected' && isEndField(fact.body.field) && Number(fact.body.after) > fact.recordedAt;
}

function isEndField(field: string): boolean {
  return field === 'finished-at' || field === 'returned-at' || field === 'withdrawn-at' || field === 'stopped-at';
}

function isLateCorrection({ kind, recordedAt, backfill }: DossierFact): boolean {
  if (kind !== 'dossier-corrected' || backfill === true) return false;
  const { end } = periodContaining('week', recordedAt);
  return recordedAt >= ((end - WEEK_END_HOURS * 60 * MILLISECONDS_PER_MINUTE) as Instant);
}
