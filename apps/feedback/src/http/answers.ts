import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, day, whole, number, flag, list, nullable, object, oneOf, record } = answer;

const FACTS = list(object({ kind: text, sequence: whole, occurredAt: instant, recordedAt: instant }));

/** What a command is answered with. */
export const COMMAND_ANSWER: AnswerSchema = object({ id: text, facts: FACTS });

/** The token is shown here alone, and again when the command is repeated under its key. */
export const ISSUED_ANSWER: AnswerSchema = object({ id: text, number: text, token: text });

export const WORD_ANSWER: AnswerSchema = object({ outcome: oneOf('taken', 'repeated') });

const FACT = object({ sequence: whole, kind: text, occurredAt: instant, recordedAt: instant, timeBasis: text, backfill: flag, body: record({}) });
const VERDICT: AnswerSchema = { oneOf: [{ type: 'integer' }, { type: 'string' }] };

/** The feedback on a dossier (`feedbackJson`). */
export const FEEDBACK_ANSWER: AnswerSchema = object({
  dossier: text,
  isDissatisfied: flag,
  ratings: list(object({ rating: text, from: instant, to: nullable(instant), verdict: VERDICT, dissatisfied: flag })),
  petitions: list(object({ petition: text, from: instant, to: nullable(instant) })),
  issued: list(object({ rating: text, byToken: flag, issuedAt: instant, standing: oneOf('not-given', 'given', 'withdrawn') })),
  withdrawals: list(object({ rating: text, reasonCode: text, by: text, at: instant })),
  facts: list(FACT),
});

const WORKING = object(
  { kind: oneOf('day-zero', 'skipped', 'last-day', 'pause', 'beyond-calendar') },
  { day, startsAt: instant, arrival: text, reason: text, dueAt: instant, from: instant, to: instant, dueBefore: instant, dueAfter: instant },
);
const DUE = nullable(object({ dueAt: instant, workingHoursLeft: number, overdue: flag, working: list(WORKING) }));

const PETITION_FIELDS = {
  petition: text,
  unit: nullable(text),
  class: nullable(oneOf('rules', 'conduct', 'other')),
  stage: nullable(oneOf('open', 'waiting', 'refused', 'answered', 'published')),
  about: object({}, { petition: text, dossier: text }),
  receivedAt: nullable(instant),
  dues: object({ refuse: DUE, ask: DUE, answer: DUE, publish: DUE }),
};

/** A petition (`petitionJson`). */
export const PETITION_ANSWER: AnswerSchema = object({
  ...PETITION_FIELDS,
  holders: list(object({ unit: text, from: instant })),
  supplements: list(object({ from: instant, to: nullable(instant) })),
  refusedAt: nullable(instant),
  answeredAt: nullable(instant),
  publishedAt: nullable(instant),
  answerRatings: list(object({ from: instant, satisfied: flag })),
  repetitions: list(object({ by: text, from: instant, to: nullable(instant) })),
  texts: list(object({ of: oneOf('petition', 'supplement', 'answer'), at: instant, text })),
  facts: list(FACT),
});

export const PETITION_LIST_ANSWER: AnswerSchema = object({ petitions: list(object(PETITION_FIELDS)), next: nullable(text) });

export const SURVEY_ANSWER: AnswerSchema = object({ year: whole, questions: list(object({ code: text, vi: text, en: text })) });

const INDEX = object({ numerator: whole, denominator: whole, index: nullable(text) });

export const UNIT_SURVEY_ANSWER: AnswerSchema = object({
  year: whole, unit: text, source: text, countedAt: instant,
  answers: list(object({ question: text, counts: list(whole) })),
  index: INDEX,
  before: nullable(INDEX),
});
