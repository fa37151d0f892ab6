import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, day, whole, number, flag, list, nullable, object, oneOf, record } = answer;

const CHANNEL = oneOf('in-person', 'online', 'postal');

/** What a command is answered with. */
export const COMMAND_ANSWER: AnswerSchema = object({
  dossier: text,
  facts: list(object({ kind: text, sequence: whole, occurredAt: instant, recordedAt: instant })),
});

const MOVE = object({ causedBy: text, before: nullable(instant), after: instant, recordedAt: instant, counts: flag });

const WORKING = object(
  { kind: oneOf('day-zero', 'skipped', 'last-day', 'pause', 'beyond-calendar') },
  { day, startsAt: instant, arrival: text, reason: text, dueAt: instant, from: instant, to: instant, movedBy: text, dueBefore: instant, dueAfter: instant },
);

const TIMELINE = object({
  registeredAt: nullable(instant), receivedAt: nullable(instant), refusedAt: nullable(instant), endedAt: nullable(instant),
  returnedAt: nullable(instant), reopenedAt: nullable(instant), voided: flag, secondSupplementAt: nullable(instant), apologyAt: nullable(instant),
  holders: list(object({ unit: text, from: instant })),
  waits: list(object({ kind: text, supplement: nullable(text), from: instant, to: nullable(instant) })),
  steps: list(object({ from: instant, to: nullable(instant), deadline: nullable(instant) })),
  dues: list(object({ from: instant, dueAt: instant, basis: text, cause: text })),
});

const DEADLINE = object({
  dueAt: nullable(instant),
  basis: nullable(text),
  term: nullable(object({ kind: text, amount: number })),
  computed: nullable(object({ dueAt: instant, calendarVersion: text, working: list(WORKING) })),
  statedWorking: list(WORKING),
  statements: list(object({ from: instant, dueAt: instant, computedDueAt: nullable(instant), recordedAt: instant })),
});

/** How far a source has said that it pushed everything. */
export const SOURCE_COMPLETE_ANSWER: AnswerSchema = object({ source: text, completeThrough: nullable(day) });

/** A dossier as GET shows it (`dossierJson`). */
export const DOSSIER_ANSWER: AnswerSchema = object({
  dossier: text,
  status: nullable(object({ code: whole, vi: text, en: text })),
  procedure: nullable(text),
  channel: nullable(CHANNEL),
  pushed: flag,
  timeline: TIMELINE,
  deadline: nullable(DEADLINE),
  facts: list(object({
    sequence: whole, kind: text, occurredAt: instant, recordedAt: instant, timeBasis: text, backfill: flag, body: record({}), uncounted: nullable(text),
  })),
  conflicts: list(object({ source: text, field: text, part: nullable(text) }, { value: {} })),
  dueDateChanges: list(MOVE),
});

export const DUE_DATE_CHANGES_ANSWER: AnswerSchema = object({
  version: text,
  moves: list({ allOf: [MOVE, object({ dossier: text })] }),
  next: nullable(text),
});

/** Due dates that an announced day would move. */
export const WHAT_IF_ANSWER: AnswerSchema = object({
  calendar: text,
  moves: list(object({ dossier: text, before: nullable(instant), after: instant, counts: flag })),
  lookedAt: whole,
  next: nullable(text),
});
