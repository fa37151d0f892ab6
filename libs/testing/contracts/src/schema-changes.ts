import type { JsonSchema } from './json-schema';

/** Keywords that say nothing about which values are valid. */
const ANNOTATIONS = new Set(['title', 'description', 'examples', '$comment']);

/**
 * How a schema differs from its released form, each as `path: what`, leaving out what may change inside a version: a new
 * optional property. Everything else is a new version, in either direction: a wider reader does not help the readers
 * that run now.
 */
export function forbiddenChanges(released: unknown, today: unknown, path = '$'): readonly string[] {
  if (Array.isArray(released) && Array.isArray(today)) {
    return released.length === today.length
      ? released.flatMap((part, index) => forbiddenChanges(part, today[index], `${path}[${index}]`))
      : [`${path}: the list has another length`];
  }
  if (!isObject(released) || !isObject(today)) {
    return Object.is(released, today) ? [] : [`${path}: changed`];
  }
  return [...new Set([...Object.keys(released), ...Object.keys(today)])].flatMap((keyword) => {
    const place = `${path}.${keyword}`;
    if (ANNOTATIONS.has(keyword)) return [];
    if (keyword === 'properties') return changedProperties(released['properties'], today['properties'], place);
    if (keyword === 'required' || keyword === 'enum') return changedSet(released[keyword], today[keyword], place);
    if (!(keyword in today)) return [`${place}: removed`];
    if (!(keyword in released)) return [`${place}: added`];
    return forbiddenChanges(released[keyword], today[keyword], place);
  });
}

function changedProperties(released: unknown, today: unknown, path: string): readonly string[] {
  const now = isObject(today) ? today : {};
  return Object.entries(isObject(released) ? released : {}).flatMap(([property, schema]) =>
    property in now
      ? forbiddenChanges(schema, now[property], `${path}.${property}`)
      : [`${path}.${property}: removed`],
  );
}

function changedSet(released: unknown, today: unknown, path: string): readonly string[] {
  const before = new Set(Array.isArray(released) ? released : []);
  const now = new Set(Array.isArray(today) ? today : []);
  return [
    ...[...before].filter((value) => !now.has(value)).map((value) => `${path}: ${String(value)} removed`),
    ...[...now].filter((value) => !before.has(value)).map((value) => `${path}: ${String(value)} added`),
  ];
}

function isObject(value: unknown): value is JsonSchema {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
