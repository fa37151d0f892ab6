import { parseInstant, parseLocalDay } from '@index766/kernel';
import { Ajv2020 } from 'ajv/dist/2020';
import { z } from 'zod';
import type { PublishedFact } from './published-topic';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema 2020-12 of what a reader of today accepts; unknown properties are allowed. */
export function jsonSchemaOf({ type, schema }: PublishedFact): JsonSchema {
  const { $schema, ...body } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: `urn:index766:${type}`, title: type, ...body };
}

/** Whether a JSON Schema accepts a value, judged by a validator that knows nothing of zod. */
export function accepts(schema: JsonSchema, value: unknown): boolean {
  const ajv = new Ajv2020({ allErrors: true });
  ajv.addFormat('date-time', (text: string) => parseInstant(text) !== undefined);
  ajv.addFormat('date', (text: string) => parseLocalDay(text) !== undefined);
  return ajv.validate(schema, value);
}
