import type { Instant } from '@index766/kernel';

import type { CorrectableField, DossierFact, DossierFactKind } from './facts';

/** The field by which a source corrects the instant of each kind of fact. */
export const INSTANT_FIELDS = {
  'received-at': 'dossier-received',
  'refused-at': 'dossier-refused',
  'finished-at': 'dossier-finished',
  'returned-at': 'result-returned',
  'withdrawn-at': 'dossier-withdrawn',
  'stopped-at': 'dossier-stopped',
  'step-ended-at': 'step-completed',
  'supplement-requested-at': 'supplement-requested',
  'supplement-completed-at': 'supplement-completed',
} as const satisfies Partial<Record<CorrectableField, DossierFactKind>>;

/** What was said first about a dossier's end. */
export interface FirstRecordedEnd {
  readonly recordedAt: Instant;
  readonly endedAt: Instant;
}

/**
 * The end as it was recorded first (lifecycle.md §3): what is recorded later and lies before it does not count.
 * Ends recorded at one instant are one statement: a push may say finished and returned together.
 */
export function firstRecordedEnd(facts: readonly DossierFact[]): FirstRecordedEnd | null {
  let first: FirstRecordedEnd | null = null;
  for (const fact of facts) {
    if (!isEndKind(fact.kind)) continue;
    const earlier =
      first === null || fact.recordedAt < first.recordedAt ||
      (fact.recordedAt === first.recordedAt && fact.occurredAt < first.endedAt);
    if (earlier) first = { recordedAt: fact.recordedAt, endedAt: fact.occurredAt };
  }
  return first;
}

/** True for a later-recorded statement that would move the end before the one recorded first. */
export function movesEndEarlier(first: FirstRecordedEnd | null, recordedAt: Instant, endedAt: number): boolean {
  return first !== null && recordedAt > first.recordedAt && endedAt < first.endedAt;
}

export function isEndKind(kind: DossierFactKind): boolean {
  return kind === 'dossier-finished' || kind === 'result-returned' || kind === 'dossier-withdrawn' || kind === 'dossier-stopped';
}
