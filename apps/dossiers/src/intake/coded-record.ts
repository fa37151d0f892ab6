import { ok, refused, type Result } from '@index766/kernel';
import { MAX_LIST_ENTRIES, type SourceField } from './source-fields';
import { readValue, type Form, type FormValues } from './source-values';

type ValueOf<Field extends SourceField> = Field extends { readonly of: infer Entries extends readonly SourceField[] }
  ? readonly Coded<Entries>[]
  : Field extends { readonly form: infer F extends Form } ? FormValues[F] : never;

/** The coded fields of one element, under the source's names. Absent = not said. */
export type Coded<Fields extends readonly SourceField[]> = {
  readonly [Field in Fields[number] as Field['field']]?: ValueOf<Field>;
};

/**
 * Copies the table's fields, and no others, out of an element of a push. The first field that is not of its form
 * refuses the element; the refusal names the field's path and never its value.
 */
export function readCoded<const Fields extends readonly SourceField[]>(raw: unknown, fields: Fields, path = ''): Result<Coded<Fields>> {
  if (!isRecord(raw)) return refused('PUSH.ELEMENT_INVALID', 'the element is no object', path === '' ? undefined : path);
  const coded: Record<string, unknown> = {};
  for (const field of fields) {
    const value = field.form === 'list' ? readList(raw[field.field], field, path) : readField(raw[field.field], field, field.form, path);
    if (!value.ok) return value;
    if (value.value !== undefined) coded[field.field] = value.value;
  }
  return ok(coded as Coded<Fields>);
}

/** Like `JSON.stringify` with the fields in the table's order: equal elements have equal texts, however they were written. */
export function canonicalText(coded: Readonly<Record<string, unknown>>, fields: readonly SourceField[]): string {
  let text = '{';
  for (const { field, of } of fields) {
    const value = coded[field];
    if (value === undefined) continue;
    text += `"${field}":${of === undefined ? JSON.stringify(value) : canonicalList(value as readonly Coded<readonly SourceField[]>[], of)},`;
  }
  return `${text}}`;
}

/** Lists of the format are sets: the order of their entries says nothing. */
function canonicalList(entries: readonly Readonly<Record<string, unknown>>[], fields: readonly SourceField[]): string {
  return `[${entries.map((entry) => canonicalText(entry, fields)).sort().join(',')}]`;
}

function readField(raw: unknown, field: SourceField, form: Form, path: string): Result<unknown> {
  const reading = readValue(raw, form);
  if (reading.state === 'read') return ok(reading.value);
  return reading.state === 'absent' ? ok(undefined) : refusedField(field, path);
}

function readList(raw: unknown, field: SourceField, path: string): Result<readonly unknown[] | undefined> {
  if (raw === undefined || raw === null || raw === '') return ok(undefined);
  if (!Array.isArray(raw)) return refusedField(field, path);
  if (raw.length > MAX_LIST_ENTRIES) {
    return refused('PUSH.TOO_MANY_ENTRIES', `a list has more than ${MAX_LIST_ENTRIES} entries`, path + field.field);
  }
  const entries: unknown[] = [];
  for (const [index, element] of raw.entries()) {
    const entry = readCoded(element, field.of ?? [], `${path}${field.field}[${index}].`);
    if (!entry.ok) return entry;
    entries.push(entry.value);
  }
  return ok(entries.length === 0 ? undefined : entries);
}

function refusedField(field: SourceField, path: string): Result<never> {
  return refused('PUSH.FIELD_INVALID', `the field is not of the form ${field.form}`, path + field.field);
}

function isRecord(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
