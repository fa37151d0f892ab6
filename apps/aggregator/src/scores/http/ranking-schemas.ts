import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, whole, number, flag, list, nullable, object, oneOf } = answer;

const CHANGE = object({ points: nullable(text), refused: nullable(text) });

/** `rankingJson` */
export const RANKING_ANSWER: AnswerSchema = object({
  parent: text, period: text, before: text, asOf: instant, running: flag, definition: text, by: text,
  levels: list(object({
    level: text,
    ranked: list(object({ rank: whole, unit: text, name: text, points: text, change: CHANGE })),
    apart: list(object({ unit: text, name: text, points: text, reasons: list(text) })),
  })),
});

/** `peersJson` */
export const PEERS_ANSWER: AnswerSchema = object({
  unit: text, level: text, period: text, asOf: instant, definition: text, volume: whole, points: text,
  peers: list(object({ unit: text, name: text, parent: nullable(text), volume: whole, points: text, insufficient: list(text) })),
});

/** `planJson` */
export const PLAN_ANSWER: AnswerSchema = object({
  unit: text, year: whole, plan: text, source: text, definition: text, asOf: instant, running: flag,
  targets: list(object({
    target: text, name: object({ vi: text, en: text }), threshold: number, comparison: oneOf('at-least', 'above'),
    state: oneOf('measured', 'missing'), reason: nullable(text), verdict: nullable(text), value: nullable(number),
    numerator: nullable(number), denominator: nullable(number), stillNeeded: nullable(number),
  })),
});
