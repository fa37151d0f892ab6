import type { DossierFact } from './facts';
import { evolve } from './evolve';
import { emptyLife, type EndFact, type Life } from './life';
import { obstacleTo, type ReportedFact } from './obstacle';

/**
 * Walks through facts in fold order and keeps what the status table lets happen; the rest is marked, never thrown.
 * `facts` are effective: corrections applied, each once.
 */
export function walk(facts: readonly DossierFact[]): Life {
  const life = emptyLife();
  for (const fact of facts) {
    if (hasPlaceInLife(fact)) step(life, fact);
  }
  markEndsWithoutReceipt(life);
  return life;
}

/** Corrections change facts before they are walked through; voids, due instants and what was not followed are weighed afterwards. */
function hasPlaceInLife(fact: DossierFact): fact is ReportedFact {
  switch (fact.kind) {
    case 'due-date-set':
    case 'statement-not-followed':
    case 'dossier-corrected':
    case 'dossier-voided':
      return false;
    default:
      return true;
  }
}

function step(life: Life, fact: ReportedFact): void {
  if (life.receivedAt === null && life.refusedAt === null && isEnd(fact)) {
    holdUntilReceipt(life, fact);
  } else if (fact.kind === 'dossier-received' && life.refusedAt === null && life.endsBeforeReceipt.length > 0) {
    receiveEnded(life, fact);
  } else if (obstacleTo(fact, life) === null) {
    evolve(life, fact);
  } else {
    if (fact.kind === 'supplement-completed') life.supplementsCompletedBeforeRequest.push(fact.body.supplement);
    markImpossible(life, fact);
  }
}

/** A registered dossier may be withdrawn or stopped; whether a receipt follows, and the end counts, is not known yet. */
function holdUntilReceipt(life: Life, fact: EndFact): void {
  const possible = obstacleTo(fact, life) === null;
  life.endsBeforeReceipt.push({ fact, possible });
  if (possible) evolve(life, fact);
}

/** Ends before the start count as ended at the receipt and are flagged (lifecycle.md §6). */
function receiveEnded(life: Life, received: ReportedFact): void {
  const ends = life.endsBeforeReceipt;
  life.endsBeforeReceipt = [];
  life.closedAs = null;
  life.returnedAt = null;
  evolve(life, received);
  for (const { fact } of ends) {
    const atReceipt = { ...fact, occurredAt: received.occurredAt };
    if (obstacleTo(atReceipt, life) === null) {
      evolve(life, atReceipt);
      life.uncounted.push({ sequence: fact.sequence, reason: 'end-before-start' });
    } else {
      markImpossible(life, fact);
    }
  }
}

function markEndsWithoutReceipt(life: Life): void {
  for (const { fact, possible } of life.endsBeforeReceipt) {
    if (!possible) markImpossible(life, fact);
  }
}

function markImpossible(life: Life, fact: DossierFact): void {
  life.uncounted.push({ sequence: fact.sequence, reason: 'impossible-in-status' });
}

function isEnd(fact: ReportedFact): fact is EndFact {
  return (
    fact.kind === 'dossier-finished' || fact.kind === 'result-returned' ||
    fact.kind === 'dossier-withdrawn' || fact.kind === 'dossier-stopped'
  );
}
