import type { LateDossier, LateOfficerList } from '@index766/dossier-life';
import { MILLISECONDS_PER_MINUTE, formatInstant, type Instant } from '@index766/kernel';

import type { Objection } from '../lateness';

/**
 * The list of late officers as it is published, with the objections to it and what was decided: pseudonyms alone, names are joined
 * by those who may see them.
 */
export function lateListDocument({ officers, byShare, unassigned }: LateOfficerList, objections: readonly Objection[]): object {
  return {
    officers: officers.map((line) => ({
      rank: line.rank, officer: line.officer, endedLate: line.endedLate, overdueOpen: line.overdueOpen, handled: line.handled,
      lateShare: line.lateShare === null ? null : Number(line.lateShare.toFixed(6)),
      lateWorkingMinutes: minutes(line.lateMilliseconds), worstWorkingMinutes: minutes(line.worstMilliseconds),
      lateStepsOnTime: line.lateStepsOnTime,
      dossiers: line.dossiers.map(lateDossier),
    })),
    byShare,
    unassigned: unassigned.map(({ why, dossiers }) => ({ why, dossiers: dossiers.map(lateDossier) })),
    objections: objections.map(objectionDocument),
  };
}

function objectionDocument({ number, said, recordedAt, decision }: Objection): object {
  const { officer, unit, period, dossiers, reason, evidence } = said;
  return {
    objection: `${officer}/${number}`, unit, period, dossiers, reason, evidence, recordedAt: formatInstant(recordedAt),
    decision: decision === null ? null : {
      outcome: decision.said.outcome, reason: decision.said.reason, decidedBy: decision.said.decidedBy, recordedAt: formatInstant(decision.recordedAt),
    },
  };
}

function lateDossier(late: LateDossier): object {
  return {
    dossier: late.dossier, procedure: late.procedure, unit: late.unit, state: late.state,
    dueAt: instantText(late.dueAt), endedAt: instantText(late.endedAt), bySecondSupplement: late.bySecondSupplement,
    ownLateWorkingMinutes: minutes(late.ownLateMilliseconds), daysLate: Math.round(late.daysLate * 100) / 100, apologyGiven: late.apologyGiven,
  };
}

function minutes(milliseconds: number): number {
  return Math.round(milliseconds / MILLISECONDS_PER_MINUTE);
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
