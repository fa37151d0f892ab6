import { HEADER, headerText, type RawHeaders } from '@index766/contracts-envelope';
import { readDeadLetter, type DeadLetter } from './dead-letter';
import { readResolution, type Resolution } from './resolution';

/** A record of a dead-letter topic. */
export interface LogRecord {
  readonly offset: string;
  readonly key: Uint8Array | null;
  readonly headers: RawHeaders;
  readonly value: Uint8Array | null;
}

/** What a letter says, without the bytes of its record: a log may have many. */
export type LetterSummary = Omit<DeadLetter, 'original'>;

/** A record that was set aside, with everything that its dead-letter topic says about it. */
export interface LoggedLetter {
  /** Name of the dead-letter topic. */
  readonly letters: string;
  readonly offset: bigint;
  /** Undefined for a record that has not the headers of a dead letter. */
  readonly letter: LetterSummary | undefined;
  readonly key: Uint8Array | null;
  /** `ce_id` of the record; undefined when it has none. */
  readonly id: string | undefined;
  /** Bytes of the value; undefined when there is none. */
  readonly valueBytes: number | undefined;
  /** Offsets of the same record set aside again while it was open: a consumer died before its commit. */
  readonly copies: readonly bigint[];
  /** Undefined = open. */
  readonly resolution: Resolution | undefined;
}

/**
 * A dead-letter topic read in its order. A resolution closes the letter that it names, with the copies that stand before
 * it; the first one counts. The same record set aside after that is a new letter: it has failed again.
 */
export class DeadLetterLog {
  readonly #entries: LoggedLetter[] = [];
  /** Index of the entry that a letter's offset belongs to. */
  readonly #indexOf = new Map<bigint, number>();
  /** Index of the last entry about a record. */
  readonly #lastAbout = new Map<string, number>();

  constructor(private readonly letters: string) {}

  /** Takes the next record. */
  take(record: LogRecord): void {
    const read = readDeadLetter(record);
    const resolution = read.ok ? undefined : readResolution(record);
    if (resolution) this.#resolve(resolution);
    else this.#add(record, read.ok ? read.value : undefined);
  }

  /** In the order in which they were set aside first. */
  get entries(): readonly LoggedLetter[] {
    return this.#entries;
  }

  /** The entry that the letter at this offset, or this copy of one, belongs to. */
  find(offset: bigint): LoggedLetter | undefined {
    const index = this.#indexOf.get(offset);
    return index === undefined ? undefined : this.#entries[index];
  }

  #add({ offset: at, key, headers, value }: LogRecord, read: DeadLetter | undefined): void {
    const offset = BigInt(at);
    const origin = read && `${read.topic}/${read.partition}/${read.offset}`;
    const index = origin === undefined ? undefined : this.#lastAbout.get(origin);
    const before = index === undefined ? undefined : this.#entries[index];
    if (index !== undefined && before && !before.resolution) {
      this.#entries[index] = { ...before, copies: [...before.copies, offset] };
      this.#indexOf.set(offset, index);
      return;
    }
    this.#indexOf.set(offset, this.#entries.length);
    if (origin !== undefined) this.#lastAbout.set(origin, this.#entries.length);
    this.#entries.push({
      letters: this.letters, offset, copies: [], resolution: undefined, letter: read && summaryOf(read),
      // A copy: the bytes are a piece of everything that was fetched with them.
      key: key && Uint8Array.from(key),
      id: headerText(headers, HEADER.id),
      valueBytes: value?.length,
    });
  }

  #resolve(resolution: Resolution): void {
    const index = this.#indexOf.get(resolution.of);
    const entry = index === undefined ? undefined : this.#entries[index];
    if (index !== undefined && entry && !entry.resolution) this.#entries[index] = { ...entry, resolution };
  }
}

function summaryOf({ original: _original, ...summary }: DeadLetter): LetterSummary {
  return summary;
}
