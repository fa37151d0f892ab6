import { compareText } from '@index766/kernel';

import type { DossierFact, DossierFactKind } from './facts';

/** Place of each kind in a dossier's life: decides between facts of one instant, so that causes come before effects. */
export const LIFE_RANK = {
  'dossier-registered': 0,
  'dossier-received': 1,
  'dossier-refused': 2,
  'dossier-transferred': 3,
  'step-assigned': 4,
  'financial-obligation-requested': 5,
  'financial-obligation-fulfilled': 6,
  'supplement-requested': 7,
  'supplement-completed': 8,
  'due-date-extended': 9,
  'due-date-set': 10,
  'step-completed': 11,
  'dossier-finished': 12,
  'result-returned': 13,
  'dossier-withdrawn': 14,
  'dossier-stopped': 15,
  'dossier-reopened': 16,
  'dossier-corrected': 17,
  'dossier-voided': 18,
  'statement-not-followed': 19,
} as const satisfies Record<DossierFactKind, number>;

/**
 * The fold order (architecture.md §2): instant, rank of the kind, natural key of the fact, then topic and sequence for
 * facts that are otherwise the same. Total over the facts of one dossier, so arrival order never matters.
 */
export function compareFacts(a: DossierFact, b: DossierFact): number {
  return (
    a.occurredAt - b.occurredAt ||
    LIFE_RANK[a.kind] - LIFE_RANK[b.kind] ||
    compareText(naturalKeyOf(a), naturalKeyOf(b)) ||
    compareText(a.topic, b.topic) ||
    a.sequence - b.sequence
  );
}

/** The order in which facts were recorded: corrections and due instants apply in it. */
export function compareRecorded(a: DossierFact, b: DossierFact): number {
  return a.recordedAt - b.recordedAt || compareText(a.topic, b.topic) || a.sequence - b.sequence;
}

/** What tells facts of one kind and instant apart: the part of the dossier that they are about. */
function naturalKeyOf(fact: DossierFact): string {
  switch (fact.kind) {
    case 'step-assigned':
    case 'step-completed':
      return fact.body.step;
    case 'supplement-requested':
    case 'supplement-completed':
      return fact.body.supplement;
    case 'dossier-transferred':
      return fact.body.unit;
    default:
      return '';
  }
}
