import type { LateDossier, LateOfficer } from '@index766/dossier-life';
import { MILLISECONDS_PER_MINUTE, formatInstant, type Instant, type OfficerPseudonym } from '@index766/kernel';

import type { DecisionAnswer } from '../../decisions';
import type { DossierPage, JudgedDossier } from '../dossier-queries';
import type { LateOfficersOfUnit } from '../late-officer-queries';
import type { Objection } from '../objections';
import type { OfficerNames } from '../officer-naming';

export function lateOfficersJson(
  { unit, period, evaluatedAt, knownBy, list, objections }: LateOfficersOfUnit, objectionsUntil: Instant, names: OfficerNames,
) {
  return {
    unit,
    period: period.name,
    asOf: formatInstant(evaluatedAt),
    knownAt: instantText(knownBy),
    running: evaluatedAt < period.end,
    objectionsUntil: formatInstant(objectionsUntil),
    officers: list.officers.map((officer) => officerJson(officer, names)),
    byShare: list.byShare.map(({ rank, officer, late, handled }) => ({ rank, officer, ...named(officer, names), late, handled })),
    unassigned: list.unassigned.map(({ why, dossiers }) => ({ why, dossiers: dossiers.map(lateDossierJson) })),
    objections: objections.map(objectionJson),
  };
}

export function objectionJson({ number, said, recordedAt, decision }: Objection) {
  const { officer, unit, period, dossiers, reason, evidence, objectedBy } = said;
  return {
    officer, number, unit, period, dossiers, reason, evidence, objectedBy, recordedAt: formatInstant(recordedAt),
    decision: decision === null ? null : {
      outcome: decision.said.outcome, reason: decision.said.reason, decidedBy: decision.said.decidedBy, recordedAt: formatInstant(decision.recordedAt),
    },
  };
}

/** `number` names what was recorded among the decisions of its key. */
export function recordedJson({ key, sequence, recordedAt, recorded }: DecisionAnswer) {
  return { key, number: sequence, recordedAt, recorded };
}

export const LATE_OFFICER_COLUMNS = [
  'rank', 'officer', 'name', 'title', 'division', 'unassigned', 'endedLate', 'overdueOpen', 'handled', 'lateShare',
  'lateWorkingMinutes', 'worstWorkingMinutes', 'lateStepsOnTime', 'dossier', 'procedure', 'unit', 'state', 'dueAt', 'endedAt',
  'ownLateWorkingMinutes', 'dossierLateWorkingMinutes', 'daysLate', 'apologyGiven',
] as const;

export type LateOfficerRow = Readonly<Partial<Record<(typeof LATE_OFFICER_COLUMNS)[number], string | number | boolean | null>>>;

/** One row for each late dossier of each officer, then one for each that is nobody's, with the reason. */
export function lateOfficerRows({ list }: LateOfficersOfUnit, names: OfficerNames): readonly LateOfficerRow[] {
  const assigned = list.officers.flatMap((line) => {
    const { dossiers, ...officer } = officerJson(line, names);
    return dossiers.map((dossier) => ({ ...officer, ...dossier }));
  });
  const unassigned = list.unassigned.flatMap(({ why, dossiers }) =>
    dossiers.map((late) => ({ unassigned: why, ...lateDossierJson(late) })));
  return [...assigned, ...unassigned];
}

export function dossierPageJson(page: DossierPage) {
  return {
    asOf: formatInstant(page.evaluatedAt),
    count: page.count,
    next: page.next,
    dossiers: page.dossiers.map(judgedDossierJson),
  };
}

function officerJson(line: LateOfficer, names: OfficerNames) {
  return {
    rank: line.rank,
    officer: line.officer,
    ...named(line.officer, names),
    endedLate: line.endedLate,
    overdueOpen: line.overdueOpen,
    handled: line.handled,
    lateShare: line.lateShare,
    lateWorkingMinutes: minutes(line.lateMilliseconds),
    worstWorkingMinutes: minutes(line.worstMilliseconds),
    lateStepsOnTime: line.lateStepsOnTime,
    dossiers: line.dossiers.map(lateDossierJson),
  };
}

function named(officer: OfficerPseudonym, names: OfficerNames) {
  const known = names(officer);
  return { name: known?.name ?? null, title: known?.title ?? null, division: known?.division ?? null };
}

function lateDossierJson(late: LateDossier) {
  return {
    dossier: late.dossier,
    procedure: late.procedure,
    unit: late.unit,
    state: late.state,
    dueAt: instantText(late.dueAt),
    endedAt: instantText(late.endedAt),
    bySecondSupplement: late.bySecondSupplement,
    ownLateWorkingMinutes: minutes(late.ownLateMilliseconds),
    dossierLateWorkingMinutes: minutes(late.lateMilliseconds),
    /** Late working time ÷ the daily working time of the unit, to two decimals. */
    daysLate: Math.round(late.daysLate * 100) / 100,
    apologyGiven: late.apologyGiven,
  };
}

/** As things stood at T: what came later is not shown. */
function judgedDossierJson({ view, judgement, unit }: JudgedDossier) {
  return {
    dossier: view.dossier,
    procedure: view.procedure,
    unit,
    channel: view.channel,
    receivedAt: instantText(view.receivedAt),
    dueAt: instantText(judgement.dueAt),
    endedAt: instantText(judgement.state === 'ended' ? view.endedAt : null),
    state: judgement.state,
    onTime: judgement.onTime,
    late: judgement.late,
    undetermined: judgement.undetermined,
  };
}

function minutes(milliseconds: number): number {
  return Math.round(milliseconds / MILLISECONDS_PER_MINUTE);
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
