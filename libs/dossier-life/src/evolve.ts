import type { Instant, SupplementId } from '@index766/kernel';

import type { EndFact, Life } from './life';
import type { EndStatus } from './view';
import type { ReportedFact } from './obstacle';

const END_STATUS = {
  'dossier-finished': 9,
  'result-returned': 10,
  'dossier-stopped': 8,
  'dossier-withdrawn': 7,
} as const satisfies Record<EndFact['kind'], EndStatus>;

/** Takes a fact that nothing stands against into the state. Work after the first end is shown and counts for nothing. */
export function evolve(life: Life, fact: ReportedFact): void {
  switch (fact.kind) {
    case 'dossier-registered':
      life.registeredAt = fact.occurredAt;
      life.procedure = fact.body.procedure;
      life.channel = fact.body.channel;
      life.holders = [{ unit: fact.body.unit, from: fact.occurredAt }];
      return;
    case 'dossier-received':
      life.receivedAt = fact.occurredAt;
      life.procedure = fact.body.procedure;
      life.channel = fact.body.channel;
      life.pushed = fact.body.pushed;
      life.holders = [{ unit: fact.body.unit, from: fact.occurredAt }];
      return;
    case 'dossier-refused':
      life.refusedAt = fact.occurredAt;
      return;
    case 'dossier-transferred':
      if (life.endedAt === null) life.holders.push({ unit: fact.body.unit, from: fact.occurredAt });
      return;
    case 'step-assigned':
      life.steps.push({
        step: fact.body.step, officer: fact.body.officer ?? null, department: fact.body.department ?? null,
        deadline: fact.body.deadline ?? null, from: fact.occurredAt, completedAt: null,
      });
      return;
    case 'step-completed':
      completeStep(life, fact.body.step, fact.occurredAt);
      return;
    case 'supplement-requested':
      requestSupplement(life, fact.body.supplement, fact.occurredAt);
      return;
    case 'supplement-completed':
      life.openSupplements = life.openSupplements.filter((open) => open !== fact.body.supplement);
      closeWaits(life, fact.occurredAt, fact.body.supplement);
      return;
    case 'financial-obligation-requested':
      life.obligationOpen = true;
      if (fact.body.pausesClock && life.endedAt === null) {
        life.waits.push({ kind: 'financial-obligation', supplement: null, from: fact.occurredAt, to: null, closedByEnd: false });
      }
      return;
    case 'financial-obligation-fulfilled':
      life.obligationOpen = false;
      closeWaits(life, fact.occurredAt, null);
      return;
    case 'due-date-extended':
      life.extensions.push(fact);
      if (fact.body.apologyIssued) life.apologyAt ??= fact.occurredAt;
      return;
    case 'dossier-finished':
    case 'result-returned':
    case 'dossier-withdrawn':
    case 'dossier-stopped':
      end(life, fact);
      return;
    case 'dossier-reopened':
      life.reopenedAt ??= fact.occurredAt;
      life.closedAs = null;
      return;
    case 'dossier-corrected':
    case 'dossier-voided':
      // Neither has a place of its own in a life: corrections change the facts before they are walked through, voids
      // are weighed against the due instant afterwards.
      return;
  }
}

function end(life: Life, fact: EndFact): void {
  const status = END_STATUS[fact.kind];
  const at = fact.occurredAt;
  life.closedAs = status;
  life.openSupplements = [];
  life.obligationOpen = false;
  if (fact.kind === 'result-returned') life.returnedAt ??= at;
  if (life.endedAt !== null || life.receivedAt === null) return;
  life.endedAt = at;
  life.endStatus = status;
  for (const wait of life.waits) {
    if (wait.to !== null) continue;
    wait.to = at;
    wait.closedByEnd = true;
  }
}

function completeStep(life: Life, id: string, at: Instant): void {
  const step = life.steps.find((each) => each.step === id);
  if (step !== undefined) step.completedAt = at;
}

function requestSupplement(life: Life, supplement: SupplementId, at: Instant): void {
  const completed = life.supplementsCompletedBeforeRequest.includes(supplement);
  if (!completed) life.openSupplements.push(supplement);
  life.supplementsAsked.push(supplement);
  if (life.endedAt !== null) return;
  life.waits.push({ kind: 'supplement', supplement, from: at, to: completed ? at : null, closedByEnd: false });
  if (life.supplementsAsked.length === 2) life.secondSupplementAt = at;
}

function closeWaits(life: Life, at: Instant, supplement: SupplementId | null): void {
  for (const wait of life.waits) {
    if (wait.to === null && wait.supplement === supplement) wait.to = at;
  }
}
