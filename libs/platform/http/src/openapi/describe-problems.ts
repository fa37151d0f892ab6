import type { RefusalCode } from '@index766/kernel';
import type { RouteAccess } from '@index766/platform-auth';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ProblemCatalog } from '../problems/problem';
import { REFUSALS_EXTENSION } from './refuses.decorator';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** What the HTTP edge refuses anywhere, whatever the endpoint is about. */
const EVERYWHERE: readonly RefusalCode[] = [
  'REQUEST.INVALID', 'REQUEST.MALFORMED', 'REQUEST.NOT_JSON', 'REQUEST.TOO_DEEP', 'REQUEST.TOO_LARGE', 'REQUEST.ABORTED',
  'REQUEST.UNSUPPORTED_MEDIA_TYPE', 'REQUEST.HEAD_TOO_LARGE', 'REQUEST.TOO_SLOW', 'REQUEST.EXPECTATION_FAILED',
  'AUTH.INVALID_TOKEN', 'AUTH.EXPIRED_TOKEN', 'AUTH.KEYS_UNAVAILABLE', 'RATE_LIMIT.EXCEEDED', 'RATE_LIMIT.TOO_MANY_IN_WORK',
  'SERVICE.BUSY', 'SERVICE.DATABASE_AWAY', 'SERVICE.TIMEOUT', 'SERVICE.FAILED',
];
const WITH_ROLES: readonly RefusalCode[] = ['AUTH.MISSING_TOKEN', 'AUTH.MISSING_ROLE'];
/** An address with an empty part is none. */
const WITH_PARAMETERS: readonly RefusalCode[] = ['ROUTE.NOT_FOUND'];

const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', pattern: '^urn:index766:error:' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*\\.[A-Z][A-Z0-9_]*$' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'code', 'detail'],
        properties: { path: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
};

/** Adds to each operation its problems by status, with their codes, and what token it needs. */
export function describeProblems(
  document: OpenAPIObject, accesses: ReadonlyMap<string, RouteAccess>, catalog: ProblemCatalog,
): OpenAPIObject {
  const components = { ...document.components, schemas: { ...document.components?.schemas, Problem: PROBLEM_SCHEMA } };
  const paths = Object.fromEntries(Object.entries(document.paths).map(([path, item]) => {
    const operations = METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [[method, described(path, operation, accesses, catalog)] as const];
    });
    return [path, { ...item, ...Object.fromEntries(operations) }];
  }));
  return { ...document, components, paths };
}

function described(path: string, operation: Operation, accesses: ReadonlyMap<string, RouteAccess>, catalog: ProblemCatalog): Operation {
  const { [REFUSALS_EXTENSION]: own = [], ...rest } = operation as Operation & { readonly [REFUSALS_EXTENSION]?: readonly RefusalCode[] };
  const access = accesses.get(operation.operationId ?? '');
  const needsRole = access?.kind === 'roles';
  const codes = [...EVERYWHERE, ...(needsRole ? WITH_ROLES : []), ...(path.includes('{') ? WITH_PARAMETERS : []), ...own];
  return {
    ...rest,
    parameters: [...pathParametersOf(path, operation), ...operation.parameters ?? []],
    // A public endpoint takes a token too, and refuses one that is wrong.
    security: needsRole ? [{ bearer: [] }] : [{}, { bearer: [] }],
    responses: { ...operation.responses, ...responsesOf(codes, catalog) },
  };
}

/** Parts of the path that a pipe reads are of branded types, which the document's maker takes for no parameters. */
function pathParametersOf(path: string, { parameters = [] }: Operation): NonNullable<Operation['parameters']> {
  const described = new Set(parameters.flatMap((parameter) => ('in' in parameter && parameter.in === 'path' ? [parameter.name] : [])));
  const names = [...path.matchAll(/\{([^}]+)\}/g)].flatMap(([, name]) => (name === undefined || described.has(name) ? [] : [name]));
  return names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string', minLength: 1 } }));
}

function responsesOf(codes: readonly RefusalCode[], catalog: ProblemCatalog): Operation['responses'] {
  const byStatus = new Map<number, Map<string, string>>();
  for (const code of codes) {
    const { status, title } = catalog.problemOf({ code, detail: '' });
    byStatus.set(status, (byStatus.get(status) ?? new Map<string, string>()).set(code, title));
  }
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, meanings]) => [String(status), {
    description: [...meanings].map(([code, meaning]) => `${code}: ${meaning}`).join('\n'),
    ...(status === 429 || status === 503 ? { headers: { 'Retry-After': { required: true, schema: { type: 'integer' } } } } : {}),
    content: {
      [PROBLEM_MEDIA_TYPE]: {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            { type: 'object', properties: { status: { enum: [status] }, code: { enum: [...meanings.keys()] } } },
          ],
        },
      },
    },
  }]));
}
