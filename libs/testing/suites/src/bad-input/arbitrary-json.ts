import fc from 'fast-check';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const DEEPEST = 24;

function nested(depth: number): Json {
  return depth === 0 ? [] : [nested(depth - 1)];
}

/** Texts that break careless code: other scripts, half a character, NUL, names of properties of every object, operators of a database. */
export const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', '\u0000', 'a\u0000b', '\ud800', '\udfff\ud800', '\ufeff', '\u202e', '😀', 'Nguyễn\u0302', '\u00a0', '\r\n', '__proto__', 'constructor', 'toString',
  'null', 'NaN', '-0', '1e999', '${7*7}', '$where', '../../etc/passwd', '%00', '<script>', "'; --", 'x'.repeat(10_000), '9'.repeat(400),
  '2026-02-30', '2026-10-05T25:00:00Z', '+275760-09-13T00:00:00.000Z', '0000-00-00', '2026-10-05T08:30:00.000+07:00',
];

const HOSTILE_VALUES: readonly Json[] = [
  null, true, false, 0, -1, 0.1, -0, 1e21, 1e308, 2 ** 53, 2_147_483_648, [], {}, [[]], [null], { $gt: '' }, { $ne: null },
  { toString: 1 }, { length: 1e9 }, nested(DEEPEST), Array.from({ length: 300 }, () => 0),
];

/** `{"__proto__": …}` as a parser makes it: a property of its own. */
const POLLUTED = JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as Json;

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }),
);

export const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  hostileText, fc.constantFrom(...HOSTILE_VALUES), fc.constant(POLLUTED), fc.double().map((number) => (Number.isFinite(number) ? number : null)),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
);

/** Changes at some places inside of a value: another value, nothing, a list of it, a field too many. */
export function damaged(value: Json): fc.Arbitrary<Json> {
  const places = placesOf(value);
  const change = fc.tuple(fc.constantFrom(...places), fc.constantFrom('replace', 'remove', 'wrap', 'extend'), hostileText, hostileValue);
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<Json>((whole, [place, how, name, hostile]) => changedAt(whole, place, (part) => {
      switch (how) {
        case 'replace':
          return hostile;
        case 'remove':
          return undefined;
        case 'wrap':
          return [part];
        case 'extend':
          return isRecord(part) ? withField(part, name, hostile) : { [name]: part };
      }
    }), value));
}

type Place = readonly (string | number)[];

function placesOf(value: Json, above: Place = []): readonly Place[] {
  const below = isList(value)
    ? value.flatMap((part, index) => placesOf(part, [...above, index]))
    : isRecord(value) ? Object.entries(value).flatMap(([name, part]) => placesOf(part, [...above, name])) : [];
  return [above, ...below];
}

function changedAt(value: Json, [step, ...rest]: Place, change: (part: Json) => Json | undefined): Json {
  if (step === undefined) return change(value) ?? null;
  if (isList(value)) {
    return value.flatMap((part, index) => {
      if (index !== step) return [part];
      const changed = rest.length === 0 ? change(part) : changedAt(part, rest, change);
      return changed === undefined ? [] : [changed];
    });
  }
  if (!isRecord(value)) return value;
  const fields = Object.entries(value).flatMap(([name, part]) => {
    if (name !== step) return [[name, part] as const];
    const changed = rest.length === 0 ? change(part) : changedAt(part, rest, change);
    return changed === undefined ? [] : [[name, changed] as const];
  });
  return Object.fromEntries(fields);
}

function withField(record: { readonly [key: string]: Json }, name: string, value: Json): Json {
  return Object.fromEntries([...Object.entries(record), [name, value]]);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
