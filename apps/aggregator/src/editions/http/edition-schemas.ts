import { answer, type AnswerSchema } from '@index766/platform-http';

const { text, instant, whole, list, nullable, object, oneOf, record } = answer;

const ANYTHING: AnswerSchema = { type: 'object', additionalProperties: true };
const STATE = oneOf('provisional', 'publishing', 'official', 'amended', 'retracted');
const KIND = oneOf('subject', 'producer', 'source');

const EDITION_FIELDS = {
  number: whole, state: oneOf('official', 'amended', 'retracted'), knownBefore: instant, publishedAt: instant, publishedBy: nullable(text),
  sha256: text, signature: text, keyId: text, units: whole,
  retracted: nullable(object({ reason: text, document: nullable(text), retractedBy: text, at: instant })),
};

/** `editionsJson` */
export const EDITIONS_ANSWER: AnswerSchema = object({
  province: text, periods: list(object({ period: text, state: STATE, editions: list(object(EDITION_FIELDS)) })),
});

/** `standingJson` */
export const STANDING_ANSWER: AnswerSchema = object({
  province: text, period: text, state: STATE,
  publishing: nullable(object({ number: whole, knownBefore: instant })),
  heldBy: list(object(
    { kind: text, waivable: nullable(object({ kind: KIND, id: text })), why: object({ vi: text, en: text }) },
    {
      until: instant, producer: text, passed: nullable(instant), source: text, heardAt: instant, subject: nullable(text), topic: text,
      missing: whole, letter: text,
    },
  )),
  waivers: list(object({ kind: KIND, id: text, reason: text, document: nullable(text), waivedBy: text, at: instant })),
  editions: list(object(EDITION_FIELDS)),
});

/** `manifestJson`; `canonical` is the text that was hashed and signed. */
export const MANIFEST_ANSWER: AnswerSchema = object({ ...EDITION_FIELDS, manifest: ANYTHING, canonical: text });

/** `documentJson`; `canonical` is the text that was hashed. */
export const DOCUMENT_ANSWER: AnswerSchema = object({
  province: text, period: text, edition: whole, sha256: text, document: ANYTHING, canonical: text,
});

/** `lateOfficersDocumentJson`: names are there after the objection window, before it for callers who may see them. */
export const LATE_OFFICERS_DOCUMENT_ANSWER: AnswerSchema = object({
  province: text, period: text, edition: whole, sha256: text, document: ANYTHING, canonical: text, objectionsUntil: instant,
  names: record(object({ name: text, title: nullable(text), division: nullable(text) })),
});

/** `claimJson` */
export const CLAIM_ANSWER: AnswerSchema = object({ province: text, period: text, number: whole, state: text, knownBefore: instant });

/** `decidedJson` */
export const DECIDED_ANSWER: AnswerSchema = object({ key: text, sequence: whole, recordedAt: instant, recorded: whole });

/** Null: from the beginning, and up to now. */
export const KEYS_ANSWER: AnswerSchema = object({
  keys: list(object({ keyId: text, algorithm: text, publicKey: text, validFrom: nullable(instant), validTo: nullable(instant) })),
});
