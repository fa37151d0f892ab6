import { headerText, type RawHeaders } from '@index766/contracts-envelope';
import { formatInstant } from '@index766/kernel';
import type { DeadLetter, LoggedLetter } from '@index766/platform-kafka';
import type { Column } from '../showing/table';
import { bytesText, keyText } from './letter-text';

const NOTHING = '–';

export const LETTER_COLUMNS: readonly Column<LoggedLetter>[] = [
  { vi: 'Chủ đề để riêng', en: 'Dead letters', cell: ({ letters }) => letters },
  { vi: 'Vị trí', en: 'Offset', align: 'right', cell: ({ offset }) => String(offset) },
  { vi: 'Loại', en: 'Cause', cell: causeOf },
  { vi: 'Lý do', en: 'Reason', cell: ({ letter }) => letter?.reason ?? NOTHING },
  { vi: 'Lúc', en: 'When', cell: ({ letter }) => (letter ? formatInstant(letter.failedAt) : NOTHING) },
  { vi: 'Khóa', en: 'Key', cell: ({ key }) => keyText(key) },
  { vi: 'Byte', en: 'Bytes', align: 'right', cell: ({ valueBytes }) => (valueBytes === undefined ? NOTHING : String(valueBytes)) },
  { vi: 'Lần', en: 'Times', align: 'right', cell: ({ copies }) => String(copies.length + 1) },
];

export const RESOLVED_COLUMNS: readonly Column<LoggedLetter>[] = [
  ...LETTER_COLUMNS,
  {
    vi: 'Đã xử lý', en: 'Resolved',
    cell: ({ resolution }) => (resolution ? `${resolution.outcome} ${formatInstant(resolution.at)} ${resolution.by}` : NOTHING),
  },
];

/** `refused`, `bug`, `conflict`, or `unreadable` for a record that has not the headers of a dead letter. */
export function causeOf({ letter }: LoggedLetter): string {
  return letter?.cause ?? 'unreadable';
}

/** What a program reads of a letter: one object. Instants as text, offsets as text. */
export function letterJson(entry: LoggedLetter) {
  const { letters, offset, copies, letter, key, id, valueBytes, resolution } = entry;
  return {
    deadLetterTopic: letters,
    offset: String(offset),
    copies: copies.map(String),
    group: letter?.group ?? null,
    topic: letter?.topic ?? null,
    partition: letter?.partition ?? null,
    offsetInTopic: letter?.offset ?? null,
    cause: causeOf(entry),
    reason: letter?.reason ?? null,
    detail: letter?.detail ?? null,
    failedAt: letter ? formatInstant(letter.failedAt) : null,
    key: keyText(key),
    id: id ?? null,
    valueBytes: valueBytes ?? null,
    resolution: resolution
      ? { outcome: resolution.outcome, reason: resolution.reason, by: resolution.by, at: formatInstant(resolution.at) }
      : null,
  };
}

/** One letter for a person: what it says about itself, its resolution, the record's headers, its value only if asked for. */
export function letterSheet(entry: LoggedLetter, original: DeadLetter['original'] | undefined, showsValue: boolean): string {
  const { resolution, copies, ...said } = letterJson(entry);
  const lines = Object.entries(said).flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}: ${value}`]));
  if (copies.length > 0) lines.push(`copies: ${copies.join(', ')}`);
  const state = resolution === null ? 'open' : Object.values(resolution).filter((word) => word !== '').join(', ');
  const headers = Object.keys(original?.headers ?? {}).map((name) => `  ${name}: ${headerShown(original?.headers, name)}`);
  const value = showsValue && original?.value ? ['', bytesText(original.value)] : [];
  return `${[...lines, `state: ${state}`, ...(headers.length > 0 ? ['headers:', ...headers] : []), ...value].join('\n')}\n`;
}

function headerShown(headers: RawHeaders | undefined, name: string): string {
  const text = headerText(headers, name);
  return text === undefined ? '(no single text)' : bytesText(Buffer.from(text));
}
