import { compareText } from '@index766/kernel';

/** One published value that is another now. */
export interface ChangedValue {
  /** `index.groups.TDGQ.indicators.2.1.numerator` */
  readonly what: string;
  /** Null: it was not published before, is not any more. */
  readonly before: Scalar;
  readonly after: Scalar;
  /** How much more it is now; null where one of them is no number. */
  readonly by: number | null;
}

export type Scalar = string | number | boolean | null;

/** Members of lists are told apart by the first of these that they have; rankings by what is ranked. */
const NAMES = ['indicator', 'group', 'objection', 'officer', 'dossier', 'procedure', 'why', 'unit'] as const;

/** What differs between two documents, value by value, in the order of their names. */
export function changesBetween(before: object | null, after: object | null): readonly ChangedValue[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort(compareText).flatMap((what) => {
    const [was, is] = [old.get(what) ?? null, now.get(what) ?? null];
    return was === is ? [] : [{ what, before: was, after: is, by: differenceOf(was, is) }];
  });
}

/** Twelve digits: as many as the figures have, without what binary fractions add. */
function differenceOf(before: Scalar, after: Scalar): number | null {
  return typeof before === 'number' && typeof after === 'number' ? Number((after - before).toPrecision(12)) : null;
}

function valuesOf(value: unknown, path = '', into = new Map<string, Scalar>()): ReadonlyMap<string, Scalar> {
  if (Array.isArray(value)) {
    for (const [index, each] of value.entries()) valuesOf(each, join(path, nameOf(each) ?? String(index)), into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) valuesOf(each, join(path, name), into);
  } else if (value !== undefined && value !== null && path !== '') into.set(path, value as Scalar);
  return into;
}

function nameOf(member: unknown): string | undefined {
  if (typeof member !== 'object' || member === null) return undefined;
  const fields = member as Readonly<Record<string, unknown>>;
  const { unit, level, by } = fields;
  if (typeof unit === 'string' && typeof level === 'string' && typeof by === 'string') return `${unit}.${level}.${by}`;
  if (typeof fields['flag'] === 'string') return flagName(fields);
  return NAMES.map((name) => fields[name]).find((each) => typeof each === 'string');
}

/** A dossier may have a flag several times, and a unit the same one of several weeks. */
function flagName({ flag, dossier, change, recordedAt }: Readonly<Record<string, unknown>>): string {
  return [dossier, flag, change ?? recordedAt].flatMap((part) => (typeof part === 'string' || typeof part === 'number' ? [String(part)] : [])).join('.');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
