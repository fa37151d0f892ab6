import { answer, type AnswerSchema } from '@index766/platform-http';

import { ASKED } from './score-schemas';

const { text, whole, number, list, nullable, object, oneOf } = answer;

const CHANGE = object({ points: nullable(text), refused: nullable(text) });

/** `rankingJson` */
export const RANKING_ANSWER: AnswerSchema = object({
  parent: text, before: text, ...ASKED, by: text,
  levels: list(object({
    level: text,
    ranked: list(object({ rank: whole, unit: text, name: text, points: text, change: CHANGE })),
    apart: list(object({ unit: text, name: text, points: nullable(text), reasons: list(text) })),
  })),
});

/** `peersJson` */
export const PEERS_ANSWER: AnswerSchema = object({
  unit: text, level: text, ...ASKED, volume: whole, points: nullable(text),
  peers: list(object({ unit: text, name: text, parent: nullable(text), volume: whole, points: nullable(text), insufficient: list(text) })),
});

/** `planJson` */
export const PLAN_ANSWER: AnswerSchema = object({
  unit: text, year: whole, plan: text, source: text, ...ASKED,
  targets: list(object({
    target: text, name: object({ vi: text, en: text }), threshold: number, comparison: oneOf('at-least', 'above'),
    state: oneOf('measured', 'missing'), reason: nullable(text), verdict: nullable(text), value: nullable(number),
    numerator: nullable(number), denominator: nullable(number), stillNeeded: nullable(number),
  })),
});
