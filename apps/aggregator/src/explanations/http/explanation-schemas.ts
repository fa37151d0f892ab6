import { answer, type AnswerSchema } from '@index766/platform-http';

import { ASKED } from '../../scores';
import { COST_CHOICES } from '../cost-lists';

const { text, instant, whole, number, flag, list, nullable, object, oneOf } = answer;

const HEAD = { unit: text, ...ASKED };
const LOST = {
  indicator: text, max: whole, lost: nullable(number), state: oneOf('scored', 'shown', 'missing', 'not-applicable'),
  kind: oneOf('cases', 'petitions', 'procedures', 'communes', 'reported'), items: whole, neededForMax: whole,
};

/** `explanationJson` */
export const EXPLANATION_ANSWER: AnswerSchema = object({
  ...HEAD, state: oneOf('scored', 'missing', 'not-applicable'), reason: nullable(oneOf('no-figures', 'level')), points: nullable(number), attainable: number, applicable: number,
  indicators: list(object({ ...LOST, recoverable: whole, risks: whole })),
});

/** `costPageJson` */
export const COST_PAGE_ANSWER: AnswerSchema = object({
  ...HEAD, ...LOST, choice: oneOf(...COST_CHOICES), count: whole, next: nullable(text),
  entries: list(object({
    key: text, item: text, unit: nullable(text), flaw: nullable(text), recoverable: flag, procedure: nullable(text), dueAt: nullable(instant),
  })),
});
