import { answer, type AnswerSchema } from '@index766/platform-http';
import { MAX_PUSH_ELEMENTS, PUSH_SERVICES } from './read-push';
import { HOSO_FIELDS, MAX_LIST_ENTRIES, TIEN_TRINH_FIELDS, type SourceField } from './source-fields';
import type { Form } from './source-values';

const { list, object, oneOf, text } = answer;

/** The source's numbers, flags and codes may come as texts; '' and null mean "not said". */
const SCALAR: AnswerSchema = { oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'boolean' }], nullable: true };
const SCALARS: Readonly<Partial<Record<Form, AnswerSchema>>> = { presence: { description: 'Read as: whether anything is there.', nullable: true } };

/** The coded fields of one element as they are written; other fields may be there and are dropped. */
function elementSchema(fields: readonly SourceField[]): AnswerSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ field, form, of }) => [field, form === 'list' ? listSchema(of ?? []) : { ...SCALAR, ...SCALARS[form], description: form }])),
  };
}

function listSchema(fields: readonly SourceField[]): AnswerSchema {
  return { type: 'array', maxItems: MAX_LIST_ENTRIES, nullable: true, items: elementSchema(fields) };
}

/** The push is taken all the same. */
const REFUSED_ELEMENT: AnswerSchema = { description: 'Anything else: refused by itself, in the answer.' };

/** The body of a push. */
export const PUSH_SCHEMA: AnswerSchema = {
  type: 'object',
  required: ['service', 'data'],
  properties: {
    service: { type: 'string', enum: [...PUSH_SERVICES] },
    isUpdating: { description: 'Ignored: what is known decides.' },
    data: { type: 'array', maxItems: MAX_PUSH_ELEMENTS, items: { anyOf: [elementSchema(HOSO_FIELDS), elementSchema(TIEN_TRINH_FIELDS), REFUSED_ELEMENT] } },
    recordedAt: { type: 'string', format: 'date-time', nullable: true, description: 'Role replay: when it was recorded.' },
    backfill: { type: 'boolean', description: 'Role replay: a bulk load.' },
  },
};

/** What a sender of the national format expects back. */
export const PUSH_ANSWER: AnswerSchema = object(
  { error_code: oneOf('0', '1'), message: text },
  { data: list(object({ MaHoSo: text, code: text, message: text })) },
);
