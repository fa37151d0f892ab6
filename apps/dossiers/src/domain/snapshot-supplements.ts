import type { Instant } from '@index766/kernel';
import type { Findings } from './findings';
import type { KnownDossier, KnownSupplement } from './known-dossier';
import { settleEvent } from './settle-event';
import type { SnapshotSupplement } from './snapshot';
import type { StatedDues } from './stated-dues';

const UNKNOWN: KnownSupplement = {};

/**
 * Requests and completions of supplements, matched by HoSoBoSungId. A request without an instant is dated by its
 * completion, else by its recording: dated by the receipt it would stop the clock from the first minute on (ADR 0022).
 */
export function addSupplements(
  supplements: readonly SnapshotSupplement[], known: KnownDossier, dues: StatedDues, recordedAt: Instant, findings: Findings,
): void {
  for (const stated of supplements) {
    const { supplement, requestedAt, completedAt } = stated;
    const before = known.supplements.get(supplement) ?? UNKNOWN;
    if (before.requested === undefined) {
      findings.propose({
        kind: 'supplement-requested', occurredAt: requestedAt ?? completedAt ?? recordedAt,
        timeBasis: requestedAt === undefined ? 'inferred' : 'stated', body: { supplement },
      });
    } else {
      settleEvent(findings, 'supplement-requested-at', before.requested, requestedAt, supplement);
    }
    addCompletion(stated, before, dues, findings);
  }
}

function addCompletion(
  { supplement, completedAt, newDueAt }: SnapshotSupplement, before: KnownSupplement, dues: StatedDues, findings: Findings,
): void {
  if (before.completed !== undefined) {
    settleEvent(findings, 'supplement-completed-at', before.completed, completedAt, supplement);
    const due = { field: 'stated-due-at', part: supplement } as const;
    if (before.newDueAt !== undefined) findings.settle(due, { value: before.newDueAt }, newDueAt);
    else if (newDueAt !== undefined) findings.addMissing(due, newDueAt, before.completed.at);
    return;
  }
  if (completedAt === undefined) return;
  const due = newDueAt ?? (dues.movedBy === supplement && findings.mayCorrect ? dues.moved : undefined);
  findings.propose({
    kind: 'supplement-completed', occurredAt: completedAt, timeBasis: 'stated',
    body: { supplement, ...(due === undefined ? {} : { newDueAt: due }) },
  });
}
