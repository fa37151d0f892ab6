import { readDeadLetter } from './dead-letter';
import type { LogRecord } from './dead-letter-log';
import { OffsetRanges } from './offset-ranges';
import { readResolution } from './resolution';

/** More than all chunks that a group has in work: a member that dies before its commit sets no more than these aside again. */
const REMEMBERED = 20_000;

/**
 * How many letters of a dead-letter topic are open, by the rules of `DeadLetterLog`, from which it differs in what it keeps: a service
 * that sets aside everything it reads must not run out of memory by counting it.
 */
export class OpenLetterCount {
  readonly #open = new OffsetRanges();
  /** The first letter about a record, of the records that were set aside last. */
  readonly #firstAbout = new Map<string, bigint>();
  /** The first letter about the same record, by the offset of a copy. */
  readonly #firstOf = new Map<bigint, bigint>();

  get letters(): number {
    return this.#open.size;
  }

  /** Takes the next record. */
  take(record: LogRecord): void {
    const read = readDeadLetter(record);
    const resolution = read.ok ? undefined : readResolution(record);
    if (resolution) this.#open.remove(this.#firstOf.get(resolution.of) ?? resolution.of);
    else this.#add(BigInt(record.offset), read.ok ? `${read.value.topic}/${read.value.partition}/${read.value.offset}` : undefined);
  }

  /** The topic keeps nothing before this offset any more. */
  forgetBefore(offset: bigint): void {
    this.#open.removeBefore(offset);
  }

  #add(offset: bigint, origin: string | undefined): void {
    const first = origin === undefined ? undefined : this.#firstAbout.get(origin);
    if (first !== undefined && this.#open.has(first)) {
      remember(this.#firstOf, offset, first);
      return;
    }
    this.#open.append(offset);
    if (origin !== undefined) remember(this.#firstAbout, origin, offset);
  }
}

function remember<Key>(last: Map<Key, bigint>, key: Key, offset: bigint): void {
  last.delete(key);
  last.set(key, offset);
  const [oldest] = last.keys();
  if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
}
