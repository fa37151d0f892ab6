import { refused, type Result } from '@index766/kernel';

/** A field is missing without which the element cannot be understood. */
export function fieldMissing(path: string): Result<never> {
  return refused('PUSH.FIELD_MISSING', 'the field is missing or empty', path);
}
