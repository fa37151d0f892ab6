import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, whole, number, flag, list, nullable, object, oneOf, record } = answer;

/** `askedJson` */
export const ASKED = { period: text, asOf: instant, knownAt: nullable(instant), running: flag, definition: text };

const SUM = {
  state: oneOf('scored', 'missing', 'not-applicable'), reason: nullable(oneOf('no-figures', 'level')), points: nullable(number), shown: nullable(text),
  attainable: number, applicable: number, completeness: number,
};
const PROCESSING_TIME = { dossiers: whole, workingSeconds: number, meanDays: nullable(number) };

const INDICATOR = object({
  indicator: text, state: oneOf('scored', 'shown', 'missing', 'not-applicable'), reason: nullable(text), numerator: nullable(number),
  denominator: nullable(number), points: nullable(number), max: nullable(number),
});

const SCORE_FIELDS = {
  unit: text, name: text, level: text, parent: nullable(text), ...ASKED, start: instant, end: instant, ...SUM,
  rating: object({ state: oneOf('rated', 'missing') }, { word: object({ vi: text, en: text }), reason: text }), insufficient: list(text), volume: whole,
  groups: list(object({ group: text, max: nullable(number), ...SUM, indicators: list(INDICATOR) })),
  processingTime: object(PROCESSING_TIME), counts: record(whole), postalShare: object({ numerator: whole, denominator: whole }),
};

/** `scoreJson` with 2.2 of each procedure. */
export const SCORE_ANSWER: AnswerSchema = object({
  ...SCORE_FIELDS, processingTimeByProcedure: list(object({ procedure: text, ...PROCESSING_TIME })),
});

export const SCORES_ANSWER: AnswerSchema = object({ parent: text, period: text, scores: list(object(SCORE_FIELDS)) });
