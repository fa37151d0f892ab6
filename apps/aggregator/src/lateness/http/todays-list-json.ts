import { MILLISECONDS_PER_MINUTE, formatInstant, type Instant } from '@index766/kernel';

import type { OfficerNames } from '../officer-naming';
import type { DueDossier } from '../todays-list';
import type { TodaysListOfUnit } from '../todays-list-queries';

export function todaysListJson({ unit, evaluatedAt, list }: TodaysListOfUnit, names: OfficerNames) {
  return {
    unit,
    asOf: formatInstant(evaluatedAt),
    officers: list.officers.map(({ who, counts, dossiers }) => ({
      officer: who, ...named(who === null ? undefined : names(who)), ...counts, dossiers: dossiers.map(dueDossierJson),
    })),
    desks: list.desks.map(({ who, counts }) => ({ ...who, ...counts })),
  };
}

export const TODAYS_LIST_COLUMNS = [
  'officer', 'name', 'title', 'division', 'due', 'dossier', 'procedure', 'unit', 'department', 'dueAt', 'workingHoursLeft', 'waiting', 'step',
  'stepSince', 'stepDeadline',
] as const;

export type TodaysListRow = Readonly<Partial<Record<(typeof TODAYS_LIST_COLUMNS)[number], string | number | boolean | null>>>;

/** One row for each dossier, in the order of the officers. */
export function todaysListRows(found: TodaysListOfUnit, names: OfficerNames): readonly TodaysListRow[] {
  return todaysListJson(found, names).officers.flatMap(({ officer, name, title, division, dossiers }) =>
    dossiers.map((each) => ({ officer, name, title, division, ...each })));
}

function dueDossierJson({ dossier, procedure, unit, step, due, dueAt, leftMilliseconds, waiting }: DueDossier) {
  return {
    dossier, procedure, unit, due, dueAt: instantText(dueAt),
    /** Working hours until the due instant to two decimals; below 0: past it. */
    workingHoursLeft: Math.round(leftMilliseconds / MILLISECONDS_PER_MINUTE / 0.6) / 100,
    waiting,
    department: step?.department ?? null,
    step: step?.step ?? null,
    stepSince: instantText(step?.from ?? null),
    stepDeadline: instantText(step?.deadline ?? null),
  };
}

function named(known: ReturnType<OfficerNames>) {
  return { name: known?.name ?? null, title: known?.title ?? null, division: known?.division ?? null };
}

function instantText(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}
