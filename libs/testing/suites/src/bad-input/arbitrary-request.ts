import fc from 'fast-check';
import { damagedBytes, doubledKeys } from './arbitrary-bytes';
import { damaged, hostileText, hostileValue, type Json } from './arbitrary-json';
import type { FuzzedService } from './fuzzed-service';
import { resolved, type ApiDocument, type Operation, type Schema } from './openapi';

export interface FuzzedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

const JSON_TYPE = 'application/json';
/** What a header may carry over the wire: visible ASCII, spaces inside, bytes of Latin-1. */
const headerText = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).filter((code) => code !== 0x7f).map((code) => String.fromCharCode(code)), maxLength: 80 });

/** Requests for one operation: good ones, ones with something wrong at some place, and ones whose bytes are damaged. */
export function fuzzedRequest(operation: Operation, api: ApiDocument, service: FuzzedService, token: string): fc.Arbitrary<FuzzedRequest> {
  const { parameters = [], requestBody } = operation;
  const named = (place: string) => parameters.filter((each) => each.in === place);
  const good = goodValues.bind(undefined, service);
  const oftenGood = (values: readonly string[], hostile: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    (values.length === 0 ? hostile : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: hostile }));

  const path = fc.tuple(...named('path').map(({ name, schema, example }) =>
    oftenGood(good(name, schema, example), hostileText.filter((text) => text !== '')).map((value) => [name, value] as const)));
  const query = fc.tuple(
    fc.tuple(...named('query').map(({ name, schema, example, required = false }) => fc.option(oftenGood(good(name, schema, example), hostileText), { nil: undefined, freq: required ? 12 : 2 })
      .map((value) => [name, value] as const))),
    fc.oneof({ weight: 10, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(fc.tuple(hostileText, hostileText)) }),
  ).map(([known, unknown]) => [...known, ...unknown]);
  const headers = fc.tuple(...named('header').map(({ name, required = false }) =>
    fc.option(oftenGood(service.parameters[name] ?? [], headerText), { nil: undefined, freq: required ? 12 : 2 }).map((value) => [name, value] as const)));
  const authorization = fc.oneof({ weight: 12, arbitrary: fc.constant(`Bearer ${token}`) }, { weight: 1, arbitrary: fc.option(headerText, { nil: undefined }) });
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const body: fc.Arbitrary<Buffer | undefined> = media === undefined ? fc.constant(undefined) : fuzzedBody(goodBodies(operation, media.schema, api, service), type === JSON_TYPE);

  const isSigned = fc.oneof({ weight: 7, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });

  return fc.record({ path, query, headers, authorization, body, isSigned }).map((parts) => {
    const request: FuzzedRequest = {
      method: operation.method,
      path: filledPath(operation.path, parts.path, parts.query),
      headers: definedHeaders([...parts.headers, ['Authorization', parts.authorization], ['Content-Type', parts.body === undefined ? undefined : type]]),
      ...(parts.body === undefined ? {} : { body: parts.body }),
    };
    return parts.isSigned ? signed(request, operation, service) : request;
  });
}

/** The plainest request of an operation in which nothing is wrong: first values, and no optional ones. */
export function goodRequest(operation: Operation, api: ApiDocument, service: FuzzedService, token: string): FuzzedRequest {
  const { parameters = [], requestBody } = operation;
  const firsts = (place: string) => parameters.filter((each) => each.in === place && each.required === true)
    .map(({ name, schema, example }) => [name, goodValues(service, name, schema, example)[0] ?? 'X-1'] as const);
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [body] = media === undefined ? [] : goodBodies(operation, media.schema, api, service);
  return signed({
    method: operation.method,
    path: filledPath(operation.path, firsts('path'), firsts('query')),
    headers: definedHeaders([...firsts('header'), ['Authorization', `Bearer ${token}`], ['Content-Type', body === undefined ? undefined : type]]),
    ...(body === undefined ? {} : { body: Buffer.from(textOf(body, type === JSON_TYPE)) }),
  }, operation, service);
}

/** Over whatever stands in these headers: else nothing would come past the signature. */
function signed(request: FuzzedRequest, { operationId }: Operation, { sign }: FuzzedService): FuzzedRequest {
  return sign === undefined ? request : { ...request, headers: { ...request.headers, ...sign(operationId, request) } };
}

function goodValues(service: FuzzedService, name: string, schema: Schema = {}, example?: unknown): readonly string[] {
  const described = [example, schema.example, ...schema.enum ?? []].flatMap((each) => (isScalar(each) ? [String(each)] : []));
  return [...service.parameters[name] ?? [], ...described];
}

function textOf(body: Json, isJson: boolean): string {
  return typeof body === 'string' && !isJson ? body : JSON.stringify(body);
}

function goodBodies(operation: Operation, schema: Schema, api: ApiDocument, service: FuzzedService): readonly Json[] {
  const given = (service.bodies?.[operation.operationId] ?? []) as readonly Json[];
  return given.length > 0 ? given : [exampleOf(schema, api)];
}

/** A value of the schema, made of its examples. */
function exampleOf(schema: Schema, api: ApiDocument): Json {
  const { example, enum: choices, type, properties, items, allOf, oneOf, anyOf } = resolved(schema, api);
  if (example !== undefined) return example as Json;
  if (choices?.[0] !== undefined) return choices[0] as Json;
  const part = allOf?.[0] ?? oneOf?.[0] ?? anyOf?.[0];
  if (part !== undefined) return exampleOf(part, api);
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([name, each]) => [name, exampleOf(each, api)]));
    case 'array':
      return items === undefined ? [] : [exampleOf(items, api)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return 'X-1';
  }
}

function fuzzedBody(good: readonly Json[], isJson: boolean): fc.Arbitrary<Buffer> {
  return fc.constantFrom(...good).chain((value) => {
    const text = textOf(value, isJson);
    const bytes = damagedBytes(text);
    if (!isJson) return fc.oneof(fc.constant(Buffer.from(text)), bytes, hostileText.map((each) => Buffer.from(text + each)));
    const json = fc.oneof(
      { weight: 2, arbitrary: fc.constant(text) },
      { weight: 5, arbitrary: damaged(value).map((each) => JSON.stringify(each)) },
      { weight: 1, arbitrary: hostileValue.map((each) => JSON.stringify(each)) },
      { weight: 1, arbitrary: doubledKeys(text) },
    ).map((each) => Buffer.from(each));
    return fc.oneof({ weight: 3, arbitrary: json }, { weight: 1, arbitrary: bytes });
  });
}

function filledPath(pattern: string, values: readonly (readonly [string, string])[], query: readonly (readonly [string, string | undefined])[]): string {
  const path = values.reduce((filled, [name, value]) => filled.replace(`{${name}}`, () => encoded(value)), pattern);
  const stated = query.flatMap(([name, value]) => (value === undefined ? [] : [`${encoded(name)}=${encoded(value)}`]));
  return stated.length === 0 ? path : `${path}?${stated.join('&')}`;
}

/** Half a character cannot be written in an address: U+FFFD stands for it, as in browsers. A dot alone would be another path. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).replace(/^\.{1,2}$/, (dots) => dots.replaceAll('.', '%2E')).slice(0, 6_000).replace(/%[0-9A-F]?$/, '');
}

function definedHeaders(headers: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
