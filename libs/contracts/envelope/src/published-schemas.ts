import { z } from 'zod';
import type { FactContract } from './contract';
import { dataSchemaOf } from './envelope';

export type PublishedSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema 2020-12 of a fact's data, under the name that its records have in `ce_dataschema`. */
export function publishedSchemaOf({ type, schema }: FactContract): PublishedSchema {
  const { $schema, ...body } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', override: ({ jsonSchema }) => { makePortable(jsonSchema); } });
  return { $schema, $id: dataSchemaOf(type), title: type, ...body };
}

/** The same in the form that AsyncAPI's own schemas have, a superset of draft 7. */
export function asyncApiSchemaOf({ type, schema }: FactContract): PublishedSchema {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', override: ({ jsonSchema }) => { makePortable(jsonSchema); } });
  return { title: type, ...body };
}

function makePortable(jsonSchema: { pattern?: string | undefined }): void {
  if (jsonSchema.pattern !== undefined) jsonSchema.pattern = portablePattern(jsonSchema.pattern);
}

/** Classes of letters and digits of all scripts, with what else they take: `[\p{L}\p{N}._/-]`. */
const LETTERS_AND = /\[\\p\{L\}\\p\{N\}([^\]]*)\]/g;
const ASCII_MARKS = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).filter((each) => !/[\sA-Za-z0-9]/.test(each));

/**
 * A pattern that validators of other languages can read, too: many of them know no Unicode properties. What stands for the
 * letters and digits of all scripts becomes "no white space and no other ASCII character": it takes a little more, never less.
 */
export function portablePattern(pattern: string): string {
  return pattern.replace(LETTERS_AND, (_class, also: string) => {
    const others = ASCII_MARKS.filter((mark) => !also.includes(mark)).map((mark) => `\\x${mark.charCodeAt(0).toString(16).padStart(2, '0')}`);
    return `[^\\s${others.join('')}]`;
  });
}
