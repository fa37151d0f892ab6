import { z } from 'zod';
import type { FactContract } from './contract';
import { dataSchemaOf } from './envelope';

export type PublishedSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema 2020-12 of a fact's data, under the name that its records have in `ce_dataschema`. */
export function publishedSchemaOf({ type, schema }: FactContract): PublishedSchema {
  const { $schema, ...body } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: dataSchemaOf(type), title: type, ...body };
}

/** The same in the form that AsyncAPI's own schemas have, a superset of draft 7. */
export function asyncApiSchemaOf({ type, schema }: FactContract): PublishedSchema {
  const { $schema: _dialect, ...body } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return { title: type, ...body };
}
