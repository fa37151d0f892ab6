import { ONLINE_LEVELS, PROCEDURE_PARTS, REPORTED_MEASURES, UNIT_LEVELS } from '@index766/contracts-catalog';
import { answer, type AnswerSchema } from '@index766/platform-http';
import { TERM_KINDS } from '@index766/working-time';

const { text, instant, day, whole, flag, list, nullable, object, oneOf, record } = answer;

const VERSION = { version: whole, recordedAt: instant };

const UNIT_CONTENT = { name: text, level: oneOf(...UNIT_LEVELS), parent: nullable(text), validFrom: day };
const UNIT_MAYBE = { validTo: day, successor: text, reportingSince: day };
const PROCEDURE_CONTENT = { name: text, pauseOnFinancialObligation: flag, validFrom: day };
const DUTY = object({}, { dueOn: day, on: day });
const PROCEDURE_MAYBE = {
  term: object({ kind: oneOf(...TERM_KINDS), amount: whole }), announcement: DUTY, publication: DUTY, parts: list(oneOf(...PROCEDURE_PARTS)),
  onlineLevel: oneOf(...ONLINE_LEVELS), offeredOnline: flag, eligibleForFull: flag, fee: flag, onlinePayment: flag, citizen: flag,
  resultDocument: flag, certifiedCopies: flag, validTo: day,
};
const CALENDAR_CONTENT = {
  source: text, coversFrom: day, coversTo: day, officeHours: record(list(object({ from: whole, to: whole }))), termDays: list(whole),
  holidays: list(object({ day, name: text })), makeUpDays: list(object({ day, name: text, hoursOf: whole }, { replaces: day })),
  overrides: list(object({ unit: text })),
};

/** The answer to PUT: what was recorded, or that nothing is new. */
const recorded = (key: Readonly<Record<string, AnswerSchema>>, content: Readonly<Record<string, AnswerSchema>>): AnswerSchema => ({
  oneOf: [
    object({ ...key, changed: { type: 'boolean', enum: [false] } }),
    object({ ...key, changed: { type: 'boolean', enum: [true] }, ...VERSION, ...content }),
  ],
});

const pageOf = (items: AnswerSchema): AnswerSchema => object({ items: list(items), next: nullable(text) });
const listed = (version: AnswerSchema): AnswerSchema => object({ key: text, asOf: day, inForce: nullable(version) });
const entry = (version: AnswerSchema): AnswerSchema => object({ key: text, asOf: day, inForce: nullable(version), versions: list(version) });

const UNIT_VERSION = object({ ...VERSION, ...UNIT_CONTENT }, UNIT_MAYBE);
const PROCEDURE_VERSION = object({ ...VERSION, ...PROCEDURE_CONTENT }, PROCEDURE_MAYBE);

export const UNIT_ANSWERS = { recorded: recorded({ code: text }, UNIT_CONTENT), one: entry(UNIT_VERSION), page: pageOf(listed(UNIT_VERSION)) };

export const PROCEDURE_ANSWERS = {
  recorded: recorded({ key: text, code: text }, PROCEDURE_CONTENT), one: entry(PROCEDURE_VERSION), page: pageOf(listed(PROCEDURE_VERSION)),
};

const FIGURE_ID = { key: text, unit: text, measure: oneOf(...REPORTED_MEASURES), period: text };
const FIGURE_CONTENT = { value: { oneOf: [whole, text] }, reporter: text, source: object({ document: text, day }) };
const FIGURE = { ...FIGURE_ID, ...VERSION, ...FIGURE_CONTENT };

export const FIGURE_ANSWERS = {
  recorded: recorded(FIGURE_ID, FIGURE_CONTENT),
  one: object({ ...FIGURE, versions: list(object({ ...VERSION, ...FIGURE_CONTENT })) }),
  page: pageOf(object(FIGURE)),
};

export const CALENDAR_ANSWERS = {
  recorded: recorded({ id: text }, CALENDAR_CONTENT),
  recordedForUnit: recorded({ id: text, unit: text }, CALENDAR_CONTENT),
  one: object({ id: text, version: whole, recordedAt: instant, ...CALENDAR_CONTENT, versions: list(object(VERSION)) }),
  page: pageOf(object({ id: text })),
};

const OFFICER: AnswerSchema = {
  oneOf: [
    object({ pseudonym: text, unit: text, erased: { type: 'boolean', enum: [true] } }),
    object(
      { pseudonym: text, unit: text, erased: { type: 'boolean', enum: [false] }, name: text, aliases: list(text), ambiguous: flag, absences: list(object({ firstDay: day, lastDay: day })) },
      { title: text, department: text, validFrom: day, validTo: day, mergedInto: text },
    ),
  ],
};

export const OFFICER_ANSWERS = { one: OFFICER, page: pageOf(OFFICER) };

export const IMPORT_ANSWER = object({ rows: whole, recorded: whole });
