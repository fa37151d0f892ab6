import type { RefusalCode } from '@index766/kernel';

import type { DossierFact } from './facts';
import { holderOf, statusOf, type Life } from './life';
import { ruleOf, type ReportedFactKind } from './status';

export type ReportedFact = Extract<DossierFact, { readonly kind: ReportedFactKind }>;

/** What stands against a fact in the state at its own instant: the status table first, then what it is about. */
export function obstacleTo(fact: ReportedFact, life: Life): RefusalCode | null {
  const rule = ruleOf(statusOf(life))[fact.kind];
  return rule === 'allowed' ? obstacleInside(fact, life) : rule;
}

function obstacleInside(fact: ReportedFact, life: Life): RefusalCode | null {
  switch (fact.kind) {
    case 'step-assigned':
      return stepOf(life, fact.body.step) === undefined ? null : 'DOSSIER.STEP_ALREADY_ASSIGNED';
    case 'step-completed': {
      const step = stepOf(life, fact.body.step);
      if (step === undefined) return 'DOSSIER.STEP_UNKNOWN';
      return step.completedAt === null ? null : 'DOSSIER.STEP_ALREADY_COMPLETED';
    }
    case 'supplement-requested':
      return life.supplementsAsked.includes(fact.body.supplement) ? 'DOSSIER.SUPPLEMENT_ALREADY_REQUESTED' : null;
    case 'supplement-completed':
      return life.openSupplements.includes(fact.body.supplement) ? null : 'DOSSIER.NO_SUPPLEMENT_OPEN';
    case 'financial-obligation-requested':
      return life.obligationOpen ? 'DOSSIER.OBLIGATION_ALREADY_OPEN' : null;
    case 'financial-obligation-fulfilled':
      return life.obligationOpen ? null : 'DOSSIER.NO_OBLIGATION_OPEN';
    case 'dossier-transferred':
      return holderOf(life) === fact.body.unit ? 'DOSSIER.ALREADY_WITH_UNIT' : null;
    case 'result-returned':
      return life.returnedAt === null || life.reopenedAt !== null ? null : 'DOSSIER.RESULT_RETURNED';
    default:
      return null;
  }
}

function stepOf(life: Life, id: string) {
  return life.steps.find(({ step }) => step === id);
}
