import { applyDecorators } from '@nestjs/common';
import { ApiProduces, ApiResponse } from '@nestjs/swagger';

/** A schema of OpenAPI 3.0. */
export type AnswerSchema = NonNullable<Extract<Parameters<typeof ApiResponse>[0], { schema: unknown }>['schema']>;

/** The shape of the answer of an endpoint, for its OpenAPI document. `answer` has the short forms of schemas. */
export const Answers = (schema: AnswerSchema, status = 200): MethodDecorator =>
  ApiResponse({ status, description: 'Done.', content: { 'application/json': { schema } } });

/** As `Answers`, for an endpoint that gives the same as CSV when it is asked to. */
export const AnswersWithCsv = (schema: AnswerSchema): MethodDecorator => applyDecorators(
  ApiProduces('application/json', 'text/csv'),
  ApiResponse({
    status: 200, description: 'Done.',
    content: { 'application/json': { schema }, 'text/csv': { schema: { type: 'string' } } },
  }),
);

type Fields = Readonly<Record<string, AnswerSchema>>;

/** Short forms of schemas. `object` lists what is always there, then what may be. */
export const answer = {
  text: { type: 'string' },
  /** `2026-10-01T00:00:00.000Z` */
  instant: { type: 'string', format: 'date-time' },
  /** `2026-10-31` */
  day: { type: 'string', format: 'date' },
  whole: { type: 'integer' },
  number: { type: 'number' },
  flag: { type: 'boolean' },
  oneOf: (...values: readonly string[]): AnswerSchema => ({ type: 'string', enum: [...values] }),
  // A list of choices has to name null, too (OpenAPI 3.0.3).
  nullable: (schema: AnswerSchema): AnswerSchema => ({ ...schema, nullable: true, ...(schema.enum === undefined ? {} : { enum: [...schema.enum as unknown[], null] }) }),
  list: (items: AnswerSchema): AnswerSchema => ({ type: 'array', items }),
  object: (always: Fields, maybe: Fields = {}): AnswerSchema => ({
    type: 'object', required: Object.keys(always), properties: { ...always, ...maybe },
  }),
  /** Fields under names that are no fixed set. */
  record: (values: AnswerSchema): AnswerSchema => ({ type: 'object', additionalProperties: values }),
} as const satisfies Readonly<Record<string, AnswerSchema | ((...parts: never[]) => AnswerSchema)>>;
