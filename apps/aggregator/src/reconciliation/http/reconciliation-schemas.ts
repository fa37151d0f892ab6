import { answer, type AnswerSchema } from '@index766/platform-http';

import { EXPLANATION_CODES } from '../explanation';

const { text, instant, whole, number, flag, list, nullable, object, oneOf } = answer;

const VERDICT = oneOf('agrees', 'differs', 'not-compared');
const SOURCE = object({ readAt: instant }, { document: text, address: text });
const FIGURES = { numerator: nullable(number), denominator: nullable(number), points: nullable(number) };
const SIDE = object({ ...FIGURES, reason: nullable(text) });
const EXPLANATION = object({ code: oneOf(...EXPLANATION_CODES), text: object({ vi: text, en: text }) }, {
  by: whole, also: list(text), population: text, numeratorBy: nullable(whole), relations: list(text), units: whole, side: oneOf('here', 'portal'),
  reason: text, indicators: list(text), followed: nullable(number), printed: number,
});
const RECONCILED = object({ id: text, verdict: VERDICT, ours: SIDE, theirs: SIDE, gap: object(FIGURES), explanations: list(EXPLANATION) });

export const IMPORTED_ANSWER: AnswerSchema = object({ key: text, version: whole, recordedAt: instant, recorded: whole });

export const IMPORTS_ANSWER: AnswerSchema = object({
  unit: text, period: text,
  imports: list(object({
    version: whole, recordedAt: instant, source: SOURCE, importedBy: text,
    figures: list(object({ indicator: text }, { numerator: whole, denominator: whole, ratio: text, points: text })),
    groups: list(object({ group: text, points: text })), total: nullable(text),
  })),
});

export const RECONCILIATION_ANSWER: AnswerSchema = object({
  unit: text, name: text, level: text, period: text, asOf: instant, knownAt: nullable(instant), running: flag, definition: text,
  imported: object({ version: whole, recordedAt: instant, source: SOURCE, importedBy: text }),
  verdict: VERDICT, indicators: list(RECONCILED), groups: list(RECONCILED), total: RECONCILED,
});

export const RECONCILIATION_LIST_ANSWER: AnswerSchema = object({
  parent: text, period: text, withoutImport: list(text),
  units: list(object({
    unit: text, name: text, level: text, version: whole, recordedAt: instant, verdict: VERDICT, differing: list(text), totalGap: nullable(number),
  })),
});
