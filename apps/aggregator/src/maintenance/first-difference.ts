/**
 * Where two stored values first differ: `facts[3].knownAt`; undefined if they say the same. Keys have no order, instants
 * are compared as instants, a field that is undefined is absent: as in the kernel's `canonicalText`.
 */
export function firstDifference(a: unknown, b: unknown): string | undefined {
  if (a === b || Object.is(a, b)) return undefined;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime() ? undefined : '';
  if (Array.isArray(a) && Array.isArray(b)) return differenceOfLists(a, b);
  if (isRecord(a) && isRecord(b)) return differenceOfRecords(a, b);
  return '';
}

function differenceOfLists(a: readonly unknown[], b: readonly unknown[]): string | undefined {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const within = index < Math.min(a.length, b.length) ? firstDifference(a[index], b[index]) : '';
    if (within !== undefined) return below(`[${index}]`, within);
  }
  return undefined;
}

function differenceOfRecords(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string | undefined {
  for (const key of Object.keys(a)) {
    const within = firstDifference(a[key], b[key]);
    if (within !== undefined) return below(key, within);
  }
  return Object.keys(b).find((key) => b[key] !== undefined && a[key] === undefined);
}

function below(place: string, within: string): string {
  return within === '' || within.startsWith('[') ? `${place}${within}` : `${place}.${within}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
