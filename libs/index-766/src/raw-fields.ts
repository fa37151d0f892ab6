import { ok, parseLocalDay, refused, type LocalDay, type RefusalCode, type Result } from '@index766/kernel';
import type { Wording } from './definition';
import { compare, ONE, parseDecimal, ZERO, type Fraction } from './fraction';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** An object as it stands in a file, before anything is known of it. */
export type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a file of data, and where; never leaves `readFields`. */
export class FieldFault extends Error {
  constructor(readonly path: string, message: string) {
    super(message);
  }
}

/** What `read` makes of an object, or a refusal with the path of its first fault. */
export function readFields<Value>(raw: unknown, read: (fields: Fields) => Value, code: RefusalCode): Result<Value> {
  try {
    return ok(read(fieldsOf(raw, '')));
  } catch (fault) {
    if (fault instanceof FieldFault) return refused(code, fault.message, fault.path);
    throw fault;
  }
}

export function targetOf(raw: unknown, path: string): Fraction {
  const target = shareOf(raw, path);
  if (compare(target, ZERO) === 0) throw new FieldFault(path, 'a target is above 0');
  return target;
}

export function shareOf(raw: unknown, path: string): Fraction {
  const share = parseDecimal(textOf(raw, path));
  if (share === undefined || compare(share, ZERO) < 0 || compare(share, ONE) > 0) {
    throw new FieldFault(path, 'is a decimal between 0 and 1, written as text');
  }
  return share;
}

export function dayOf(raw: unknown, path: string): LocalDay {
  const day = parseLocalDay(textOf(raw, path));
  if (day === undefined) throw new FieldFault(path, 'is a day, written 2026-01-31');
  return day;
}

export function wordingOf(raw: unknown, path: string): Wording {
  const wording = fieldsOf(raw, path);
  return { vi: textOf(wording['vi'], `${path}.vi`), en: textOf(wording['en'], `${path}.en`) };
}

export function oneOf<Choice extends string>(choices: readonly Choice[], raw: unknown, path: string): Choice {
  const choice = choices.find((known) => known === raw);
  if (choice === undefined) throw new FieldFault(path, `is one of ${choices.join(', ')}`);
  return choice;
}

export function countOf(raw: unknown, path: string): number {
  if (typeof raw !== 'number' || !Number.isSafeInteger(raw) || raw <= 0) throw new FieldFault(path, 'is a whole number above 0');
  return raw;
}

export function textOf(raw: unknown, path: string): string {
  if (typeof raw !== 'string' || raw.trim() === '') throw new FieldFault(path, 'is a text');
  return raw;
}

export function listOf(raw: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(raw) || raw.length === 0) throw new FieldFault(path, 'is a list with at least one entry');
  return raw as readonly unknown[];
}

export function fieldsOf(raw: unknown, path: string): Fields {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new FieldFault(path, 'is an object');
  return raw as Fields;
}

export function slugOf(raw: unknown, path: string): string {
  const slug = textOf(raw, path);
  if (!SLUG.test(slug)) throw new FieldFault(path, 'is lower-case words and digits joined by hyphens');
  return slug;
}

export function requireUnique(ids: readonly string[], path: string): void {
  if (new Set(ids).size !== ids.length) throw new FieldFault(path, 'every id stands once');
}
