import { DECISION_REASONS, OBJECTION_OUTCOMES, OBJECTION_REASONS } from '@index766/contracts-aggregator';
import { answer, type AnswerSchema } from '@index766/platform-http';

import { DUE_CLASSES } from '../todays-list';

const { text, instant, whole, number, flag, list, nullable, object, oneOf } = answer;

const NAMED = { name: nullable(text), title: nullable(text), division: nullable(text) };

const LATE_DOSSIER = object({
  dossier: text, procedure: nullable(text), unit: nullable(text), state: text, dueAt: nullable(instant), endedAt: nullable(instant),
  bySecondSupplement: flag, ownLateWorkingMinutes: whole, dossierLateWorkingMinutes: whole, daysLate: number, apologyGiven: flag,
});

const OBJECTION = object({
  officer: text, number: whole, unit: text, period: text, dossiers: list(text), reason: oneOf(...OBJECTION_REASONS), evidence: list(text),
  objectedBy: text, recordedAt: instant,
  decision: nullable(object({ outcome: oneOf(...OBJECTION_OUTCOMES), reason: oneOf(...DECISION_REASONS), decidedBy: text, recordedAt: instant })),
});

/** `objectionJson` */
export const OBJECTIONS_ANSWER: AnswerSchema = object({ unit: text, period: text, objections: list(OBJECTION) });

/** `recordedJson` */
export const RECORDED_ANSWER: AnswerSchema = object({ key: text, number: whole, recordedAt: instant, recorded: whole });

/** `lateOfficersJson`; names are null for callers who may not see them. */
export const LATE_OFFICERS_ANSWER: AnswerSchema = object({
  unit: text, period: text, asOf: instant, knownAt: nullable(instant), running: flag, objectionsUntil: instant,
  officers: list(object({
    rank: whole, officer: text, ...NAMED, endedLate: whole, overdueOpen: whole, handled: whole, lateShare: nullable(number),
    lateWorkingMinutes: whole, worstWorkingMinutes: whole, lateStepsOnTime: whole, dossiers: list(LATE_DOSSIER),
  })),
  byShare: list(object({ rank: whole, officer: text, ...NAMED, late: whole, handled: whole })),
  unassigned: list(object({ why: text, dossiers: list(LATE_DOSSIER) })),
  objections: list(OBJECTION),
});

/** `dossierPageJson` */
export const DOSSIER_PAGE_ANSWER: AnswerSchema = object({
  asOf: instant, count: whole, next: nullable(text),
  dossiers: list(object({
    dossier: text, procedure: nullable(text), unit: nullable(text), channel: nullable(text), receivedAt: nullable(instant),
    dueAt: nullable(instant), endedAt: nullable(instant), state: text, onTime: flag, late: flag, undetermined: flag,
  })),
});

const DUE_COUNTS = { past: whole, today: whole, tomorrow: whole };

/** `todaysListJson`; names are null for callers who may not see them. */
export const TODAYS_LIST_ANSWER: AnswerSchema = object({
  unit: text, asOf: instant,
  officers: list(object({
    officer: nullable(text), ...NAMED, ...DUE_COUNTS,
    dossiers: list(object({
      dossier: text, procedure: nullable(text), unit: nullable(text), due: oneOf(...DUE_CLASSES), dueAt: nullable(instant), workingHoursLeft: number,
      waiting: flag, department: nullable(text), step: nullable(text), stepSince: nullable(instant), stepDeadline: nullable(instant),
    })),
  })),
  desks: list(object({ unit: nullable(text), department: nullable(text), ...DUE_COUNTS })),
});

const LATE_GROUP = { rank: nullable(whole), late: whole, handled: whole, lateShare: number, lateWorkingMinutes: whole };

export const LATE_DEPARTMENTS_ANSWER: AnswerSchema = object({
  unit: text, period: text, asOf: instant, departments: list(object({ unit: nullable(text), department: nullable(text), ...LATE_GROUP })),
});

export const LATE_UNITS_ANSWER: AnswerSchema = object({ unit: text, period: text, asOf: instant, units: list(object({ unit: text, ...LATE_GROUP })) });
