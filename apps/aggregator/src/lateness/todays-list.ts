import { holderAt, judgeAt, latenessAt, type DossierView, type Step } from '@index766/dossier-life';
import {
  compareText, localDayOf, periodContaining, type DossierId, type Instant, type OfficerPseudonym, type ProcedureCode, type UnitCode,
} from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { currentStep, dueDayOf } from './lateness-state';

/** `tomorrow`: on the next working day. */
export const DUE_CLASSES = ['past', 'today', 'tomorrow'] as const;
export type DueClass = (typeof DUE_CLASSES)[number];

/** A dossier that somebody has to see to before it is late, or because it is. */
export interface DueDossier {
  readonly dossier: DossierId;
  readonly procedure: ProcedureCode | null;
  readonly unit: UnitCode | null;
  /** The step that it is at; null: nobody has it. */
  readonly step: Pick<Step, 'step' | 'officer' | 'department' | 'from' | 'deadline'> | null;
  readonly due: DueClass;
  readonly dueAt: Instant | null;
  /** Working time left until the due instant, in milliseconds; below 0: past it, without waiting for the citizen. */
  readonly leftMilliseconds: number;
  /** It waits for the citizen: late by the request, and its clock stands still. */
  readonly waiting: boolean;
}

/** What one officer, or one desk, has to see to. */
export interface DueGroup<Who> {
  readonly who: Who;
  readonly counts: Readonly<Record<DueClass, number>>;
  /** The least time left first. */
  readonly dossiers: readonly DueDossier[];
}

export interface TodaysList {
  /** By officer; null: what nobody has. */
  readonly officers: readonly DueGroup<OfficerPseudonym | null>[];
  /** By the unit that holds a dossier and its division; null: no division is stated. */
  readonly desks: readonly DueGroup<{ readonly unit: UnitCode | null; readonly department: string | null }>[];
}

/** What is due today or on the next working day, or past, of dossiers in hand at T (lifecycle.md §5). */
export function todaysList(
  views: Iterable<DossierView>, at: Instant, calendarOf: (unit: UnitCode | null) => WorkingCalendar,
): TodaysList {
  const due: DueDossier[] = [];
  for (const view of views) {
    const found = dueDossier(view, at, calendarOf(holderAt(view, at)));
    if (found !== null) due.push(found);
  }
  due.sort((a, b) => a.leftMilliseconds - b.leftMilliseconds || compareText(a.dossier, b.dossier));
  return {
    officers: groupsOf(due, ({ step }) => step?.officer ?? null, (officer) => officer ?? ''),
    desks: groupsOf(due, ({ unit, step }) => ({ unit, department: step?.department ?? null }), deskKey),
  };
}

function dueDossier(view: DossierView, at: Instant, calendar: WorkingCalendar): DueDossier | null {
  const running = periodContaining('week', at);
  const { belongs, state, late, dueAt } = judgeAt(view, running, at);
  if (!belongs || state === 'ended') return null;
  const due = late ? 'past' : state === 'open' && dueAt !== null ? classOf(dueAt, at, calendar) : null;
  if (due === null) return null;
  const step = currentStep(view, at);
  return {
    dossier: view.dossier,
    procedure: view.procedure,
    unit: holderAt(view, at),
    step: step === undefined
      ? null
      : { step: step.step, officer: step.officer, department: step.department, from: step.from, deadline: step.deadline },
    due,
    dueAt,
    leftMilliseconds: late
      ? -(latenessAt(view, running, at, calendar)?.lateMilliseconds ?? 0)
      : dueAt === null ? 0 : calendar.workingMillisecondsBetween(at, dueAt),
    waiting: state === 'waiting',
  };
}

function classOf(dueAt: Instant, at: Instant, calendar: WorkingCalendar): DueClass | null {
  const today = localDayOf(at);
  const day = dueDayOf(dueAt);
  if (day <= today) return 'today';
  return day <= calendar.termDayAfter(today, 1) ? 'tomorrow' : null;
}

function groupsOf<Who>(due: readonly DueDossier[], whoOf: (each: DueDossier) => Who, keyOf: (who: Who) => string): readonly DueGroup<Who>[] {
  const groups = new Map<string, { who: Who; dossiers: DueDossier[] }>();
  for (const each of due) {
    const who = whoOf(each);
    const group = groups.get(keyOf(who)) ?? { who, dossiers: [] };
    group.dossiers.push(each);
    groups.set(keyOf(who), group);
  }
  return [...groups.values()]
    .map(({ who, dossiers }) => ({ who, dossiers, counts: countsOf(dossiers) }))
    .sort((a, b) => b.counts.past - a.counts.past || b.counts.today - a.counts.today || b.counts.tomorrow - a.counts.tomorrow
      || compareText(keyOf(a.who), keyOf(b.who)));
}

function countsOf(dossiers: readonly DueDossier[]): Readonly<Record<DueClass, number>> {
  const counts: Record<DueClass, number> = { past: 0, today: 0, tomorrow: 0 };
  for (const { due } of dossiers) counts[due] += 1;
  return counts;
}

function deskKey({ unit, department }: { readonly unit: UnitCode | null; readonly department: string | null }): string {
  return `${unit ?? ''} ${department ?? ''}`;
}
