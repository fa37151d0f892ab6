import type { Channel, Status } from '@index766/dossier-life';
import {
  isCode, parseDossierId, parseProcedureCode, parseUnitCode, type DossierId, type Instant, type ProcedureCode, type UnitCode,
} from '@index766/kernel';
import { parseSourceDue, parseSourceInstant } from './source-instant';

/** What a value of each form becomes. */
export interface FormValues {
  'dossier-id': DossierId;
  unit: UnitCode;
  procedure: ProcedureCode;
  status: Status;
  /** KenhThucHien: 1 in person, 2 online, 3 postal. */
  channel: Channel;
  /** HinhThuc: 0 in person, 1 postal, 2 online. */
  'return-channel': Channel;
  instant: Instant;
  due: Instant;
  /** A code of the source: letters, digits and `. _ / -`, at most 64, so that no sentence fits in. */
  code: string;
  /** An id inside a dossier: no white space, at most 200. */
  part: string;
  flag: boolean;
  /** 0, 1 or 2. */
  grade: 0 | 1 | 2;
  /** Whole đồng. */
  amount: number;
  /** A name as it is written, white space made single; at most 200. */
  label: string;
  /** Whether anything is there; the text itself is not kept. */
  presence: boolean;
}

export type Form = keyof FormValues;

const PART = /^\S{1,200}$/u;
/** Up to 15 digits: whole numbers beyond that are not exact any more. */
const DIGITS = /^\d{1,15}$/;
const LABEL_LENGTH = 200;

const CHANNELS: readonly (Channel | undefined)[] = [undefined, 'in-person', 'online', 'postal'];
const RETURN_CHANNELS: readonly Channel[] = ['in-person', 'postal', 'online'];

/** Readers take trimmed, non-empty text and give undefined for what is not of their form. */
const READERS: { readonly [F in Form]: (text: string) => FormValues[F] | undefined } = {
  'dossier-id': parseDossierId,
  unit: parseUnitCode,
  procedure: parseProcedureCode,
  status: (text) => {
    const status = numberIn(text);
    return status !== undefined && status >= 1 && status <= 10 ? (status as Status) : undefined;
  },
  channel: (text) => CHANNELS[numberIn(text) ?? -1],
  'return-channel': (text) => RETURN_CHANNELS[numberIn(text) ?? -1],
  instant: parseSourceInstant,
  due: parseSourceDue,
  code: (text) => (isCode(text) ? text : undefined),
  part: (text) => (PART.test(text) ? text : undefined),
  flag: (text) => {
    if (text === '1' || text === 'true') return true;
    return text === '0' || text === 'false' ? false : undefined;
  },
  grade: (text) => {
    const grade = numberIn(text);
    return grade === 0 || grade === 1 || grade === 2 ? grade : undefined;
  },
  amount: (text) => numberIn(text.replace(/\.0+$/, '')),
  label: (text) => {
    const label = text.normalize('NFC').replace(/\s+/gu, ' ');
    return label.length <= LABEL_LENGTH ? label : undefined;
  },
  presence: () => true,
};

/** What became of one field: its value, `absent` (not said), or `invalid`. */
export type Reading<Value> =
  | { readonly state: 'read'; readonly value: Value }
  | { readonly state: 'absent' }
  | { readonly state: 'invalid' };

const ABSENT = { state: 'absent' } as const;
const INVALID = { state: 'invalid' } as const;

/** Reads one raw JSON value. Numbers, booleans and codes may come as strings; null, '' and white space mean absent. */
export function readValue<F extends Form>(raw: unknown, form: F): Reading<FormValues[F]> {
  if (raw === undefined || raw === null) return ABSENT;
  const text = textOf(raw);
  if (text === undefined) return INVALID;
  if (text === '') return ABSENT;
  const value = READERS[form](text);
  return value === undefined ? INVALID : { state: 'read', value };
}

function textOf(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.trim();
  if (typeof raw === 'boolean') return raw ? 'true' : 'false';
  // A number with a fraction has lost the zeros of a code such as 2.000810, so it is taken for no text at all.
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : undefined;
}

function numberIn(text: string): number | undefined {
  return DIGITS.test(text) ? Number(text) : undefined;
}
