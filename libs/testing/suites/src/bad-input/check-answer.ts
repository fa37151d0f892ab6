import Ajv, { type ValidateFunction } from 'ajv';
import type { ApiDocument, Operation, Schema } from './openapi';

export interface FuzzedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const PROBLEM_TYPE = 'application/problem+json';
const MUST_SAY_WHEN = [429, 503];

/** Holds answers against the OpenAPI document of the service: only documented statuses, and of the documented shape. */
export class AnswerChecks {
  private readonly ajv = new Ajv({ strict: false, formats: { 'date-time': true, date: true } });
  private readonly validators = new Map<string, ValidateFunction>();

  constructor(private readonly api: ApiDocument) {}

  /** What is wrong with an answer; undefined: nothing. */
  faultOf(operation: Operation, { status, headers, text }: FuzzedAnswer): string | undefined {
    if (status >= 500) return `status ${status}: ${text}`;
    const described = operation.responses[String(status)];
    if (described === undefined) return `status ${status} is not documented: ${text}`;
    if (MUST_SAY_WHEN.includes(status) && headers.get('retry-after') === null) return `status ${status} without Retry-After`;
    const type = headers.get('content-type')?.split(';')[0] ?? '';
    if (status >= 400 && type !== PROBLEM_TYPE) return `status ${status} is no problem details but ${type}`;
    if (described.content === undefined) return text === '' ? undefined : 'an answer where none is documented';
    const schema = described.content[type]?.schema;
    if (schema === undefined) return `the content type ${type} is not documented for status ${status}`;
    return type.endsWith('json') ? this.mismatchOf(`${operation.operationId} ${status}`, schema, JSON.parse(text)) : undefined;
  }

  private mismatchOf(name: string, schema: Schema, value: unknown): string | undefined {
    const validate = this.validators.get(name) ?? this.ajv.compile({ ...schema, components: this.api.components });
    this.validators.set(name, validate);
    return validate(value) ? undefined : `${name} is not as documented: ${this.ajv.errorsText(validate.errors)} in ${JSON.stringify(value).slice(0, 2_000)}`;
  }
}
