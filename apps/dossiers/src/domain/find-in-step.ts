import type { Instant } from '@index766/kernel';
import type { Findings, Authority } from './findings';
import type { KnownStep } from './known-dossier';
import type { StepReport } from './snapshot';

/**
 * A step's rank is the latest instant that it states: its end, else its start. A report of lower rank adds what is
 * missing and never corrects (architecture.md §3).
 */
export function stepAuthority(report: StepReport, known: KnownStep | undefined, isOwner: boolean): Authority {
  if (!isOwner) return 'contradicts';
  return known !== undefined && latestOf(report) < latestOf(known) ? 'adds' : 'corrects';
}

/** The latest instant that is stated of a step. */
export function latestOf({ startedAt, endedAt }: { readonly startedAt: Instant; readonly endedAt?: Instant }): Instant {
  return endedAt ?? startedAt;
}

/** Compares a report of a step with what is known of that step. It may come before its dossier. */
export function findInStep(report: StepReport, known: KnownStep | undefined, findings: Findings): void {
  const { step, officer, department, startedAt, endedAt, deadline } = report;
  if (known === undefined) {
    findings.propose({
      kind: 'step-assigned', occurredAt: startedAt, timeBasis: 'stated',
      body: {
        step, ...(officer === undefined ? {} : { officer }), ...(department === undefined ? {} : { department }),
        ...(deadline === undefined ? {} : { deadline }),
      },
    });
  } else {
    if (known.department !== undefined) findings.settleFirst({ field: 'step-department', part: step }, { value: known.department }, department);
    if (known.deadline !== undefined) findings.settle({ field: 'step-deadline', part: step }, { value: known.deadline }, deadline);
    else if (deadline !== undefined) findings.addMissing({ field: 'step-deadline', part: step }, deadline, startedAt);
  }
  if (endedAt === undefined) return;
  if (known?.endedAt === undefined) findings.propose({ kind: 'step-completed', occurredAt: endedAt, timeBasis: 'stated', body: { step } });
  else findings.settle({ field: 'step-ended-at', part: step }, { value: known.endedAt }, endedAt);
}
