import { answer, type AnswerSchema } from '@index766/platform-http';

import { INTEGRITY_FLAGS } from '../integrity-flags';

const { text, instant, whole, number, list, nullable, object, oneOf } = answer;

const FLAG = oneOf(...INTEGRITY_FLAGS);
const COUNTS = list(object({ flag: FLAG, raised: whole, unreviewed: whole }));

/** `integrityJson` */
export const INTEGRITY_ANSWER: AnswerSchema = object({
  unit: text, period: text, asOf: instant, knownAt: nullable(instant),
  thresholds: object({ bulkCorrections: whole, bulkShare: number, bulkHours: whole, recreatedWithinDays: whole }),
  counts: COUNTS,
  byUnit: list(object({ unit: nullable(text), counts: COUNTS })),
  flags: list(object({
    flag: FLAG, unit: nullable(text), dossier: nullable(text), change: nullable(whole), recordedAt: instant,
    review: nullable(oneOf('accepted', 'declined')), other: nullable(text),
    bulk: nullable(object({ corrections: whole, corrected: whole, dossiers: whole })),
  })),
});

export const REVIEWED_ANSWER: AnswerSchema = object({ key: text, number: whole, recordedAt: instant, recorded: whole });
