import { RefusalException } from '@index766/platform-http';

export function invalid(detail: string, path: string): RefusalException {
  return new RefusalException({ code: 'REQUEST.INVALID', detail, path });
}

/** A whole number from 1 to `largest`; undefined if it is not stated. Refuses REQUEST.INVALID. */
export function wholeNumber(text: string | undefined, largest: number, path: string): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > largest) throw invalid(`${path} is a whole number from 1 to ${largest}`, path);
  return number;
}
