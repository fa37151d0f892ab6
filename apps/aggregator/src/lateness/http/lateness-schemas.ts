import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, whole, number, flag, list, nullable, object } = answer;

const NAMED = { name: nullable(text), title: nullable(text), division: nullable(text) };

const LATE_DOSSIER = object({
  dossier: text, procedure: nullable(text), unit: nullable(text), state: text, dueAt: nullable(instant), endedAt: nullable(instant),
  bySecondSupplement: flag, ownLateWorkingMinutes: whole, daysLate: number, apologyGiven: flag,
});

/** `lateOfficersJson`; names are null for callers who may not see them. */
export const LATE_OFFICERS_ANSWER: AnswerSchema = object({
  unit: text, period: text, asOf: instant, running: flag,
  officers: list(object({
    rank: whole, officer: text, ...NAMED, endedLate: whole, overdueOpen: whole, handled: whole, lateShare: nullable(number),
    lateWorkingMinutes: whole, worstWorkingMinutes: whole, lateStepsOnTime: whole, dossiers: list(LATE_DOSSIER),
  })),
  byShare: list(object({ rank: whole, officer: text, ...NAMED, late: whole, handled: whole })),
  unassigned: list(object({ why: text, dossiers: list(LATE_DOSSIER) })),
});

/** `dossierPageJson` */
export const DOSSIER_PAGE_ANSWER: AnswerSchema = object({
  asOf: instant, count: whole, next: nullable(text),
  dossiers: list(object({
    dossier: text, procedure: nullable(text), unit: nullable(text), channel: nullable(text), receivedAt: nullable(instant),
    dueAt: nullable(instant), endedAt: nullable(instant), state: text, onTime: flag, late: flag, undetermined: flag,
  })),
});
