import { instantOf } from '@index766/kernel';
import type { IncomingRecord } from '../consume/incoming-record';
import type { TopicReader } from '../read/topic-reader';
import { readDeadLetter, replayOf, type DeadLetter, type DeadLetterSender } from './dead-letter';
import { DeadLetterLog, type LoggedLetter } from './dead-letter-log';
import { toResolutionRecord, type Resolution } from './resolution';

export interface DeadLettersOptions {
  readonly reader: TopicReader;
  readonly sender: DeadLetterSender;
  /** Topics of which the broker keeps the last record of a key only. */
  readonly isCompacted: (topic: string) => boolean;
  readonly now?: () => number;
}

/** What became of letters that were to be replayed. */
export interface ReplayReport {
  readonly replayed: readonly LoggedLetter[];
  /** Letters of a compacted topic whose key has a later record: sent again they would take its place. */
  readonly superseded: readonly LoggedLetter[];
  /** They do not say where they belong. */
  readonly unreadable: readonly LoggedLetter[];
}

interface FoundLetter {
  readonly letter: LoggedLetter;
  readonly read: DeadLetter;
}

/** The dead-letter topics as operators see them. Keeps nothing: topics and resolutions in them are all there is. */
export class DeadLetters {
  readonly #options: Required<DeadLettersOptions>;

  constructor(options: DeadLettersOptions) {
    this.#options = { now: Date.now, ...options };
  }

  /**
   * Everything that was set aside, open and resolved, topic by topic in the order given. Throws a `ReadError` when the
   * broker cannot be read or a topic does not exist.
   *
   * @param topics names of dead-letter topics
   */
  async list(topics: readonly string[]): Promise<readonly LoggedLetter[]> {
    const logs = new Map(topics.map((topic) => [topic, new DeadLetterLog(topic)]));
    await this.#options.reader.read({ topics }, (records) => {
      for (const record of records) logs.get(record.topic)?.take(record);
      return Promise.resolve();
    });
    return [...logs.values()].flatMap((log) => log.entries);
  }

  /** The letter at an offset, or the one that it is a copy of. */
  async find(topic: string, offset: bigint): Promise<LoggedLetter | undefined> {
    const letters = await this.list([topic]);
    return letters.find((letter) => letter.offset === offset || letter.copies.includes(offset));
  }

  /** The record of a letter, byte for byte; undefined for one that has not the headers of a dead letter. */
  async originalOf(letter: LoggedLetter): Promise<DeadLetter['original'] | undefined> {
    let original: DeadLetter['original'] | undefined;
    await this.#readAgain([letter], ([found]) => {
      original = found?.read.original;
      return Promise.resolve();
    });
    return original;
  }

  /**
   * Sends the records of these letters once more, unchanged, each to the partition that it came from, and then notes that
   * they are resolved. A crash between the two repeats the first: the consumers find a duplicate. Throws a
   * `PublishError` or a `ReadError`; what was resolved until then stays so.
   *
   * @param by who says so, for those who read the topic later
   */
  async replay(letters: readonly LoggedLetter[], by: string): Promise<ReplayReport> {
    const unreadable = letters.filter(({ letter }) => letter === undefined);
    const superseded = await this.#superseded(letters);
    const sendable = letters.filter((each) => !unreadable.includes(each) && !superseded.includes(each));
    const replayed: LoggedLetter[] = [];
    await this.#readAgain(sendable, async (found) => {
      await this.#options.sender.sendVerbatim(found.map(({ read }) => replayOf(read)));
      await this.#resolve(found.map(({ letter }) => letter), { outcome: 'replayed', reason: '', by });
      replayed.push(...found.map(({ letter }) => letter));
    });
    return { replayed, superseded, unreadable };
  }

  /** Notes that a letter is given up. Nothing is deleted: its record stays in the topic with the reason behind it. */
  drop(letter: LoggedLetter, reason: string, by: string): Promise<void> {
    return this.#resolve([letter], { outcome: 'dropped', reason, by });
  }

  #resolve(resolved: readonly LoggedLetter[], word: Pick<Resolution, 'outcome' | 'reason' | 'by'>): Promise<void> {
    const { now, sender } = this.#options;
    const at = instantOf(now());
    return sender.sendVerbatim(resolved.map(({ letters, offset }) => toResolutionRecord(letters, { ...word, of: offset, at })));
  }

  /** Reads the topics of these letters from the first of them on and hands them over with their bytes, some at a time. */
  async #readAgain(letters: readonly LoggedLetter[], take: (found: readonly FoundLetter[]) => Promise<void>): Promise<void> {
    if (letters.length === 0) return;
    const wanted = new Map(letters.map((letter) => [`${letter.letters}/${letter.offset}`, letter]));
    const from = (topic: string) => lowest(letters.filter((letter) => letter.letters === topic));
    await this.#options.reader.read({ topics: [...new Set(letters.map((letter) => letter.letters))], from }, async (records) => {
      const found = records.flatMap((record): FoundLetter[] => {
        const letter = wanted.get(`${record.topic}/${record.offset}`);
        const read = letter && readDeadLetter(record);
        return letter && read?.ok === true ? [{ letter, read: read.value }] : [];
      });
      if (found.length > 0) await take(found);
    });
  }

  async #superseded(letters: readonly LoggedLetter[]): Promise<readonly LoggedLetter[]> {
    const ofCompacted = letters.filter(({ letter }) => letter !== undefined && this.#options.isCompacted(letter.topic));
    if (ofCompacted.length === 0) return [];
    const last = new Map<string, bigint>();
    await this.#options.reader.read({ topics: [...new Set(ofCompacted.flatMap(({ letter }) => letter?.topic ?? []))] }, (records) => {
      for (const { topic, partition, key, offset } of records) last.set(placeOf({ topic, partition }, key), BigInt(offset));
      return Promise.resolve();
    });
    return ofCompacted.filter(({ letter, key }) => letter !== undefined && (last.get(placeOf(letter, key)) ?? 0n) > BigInt(letter.offset));
  }
}

function placeOf({ topic, partition }: Pick<IncomingRecord, 'topic' | 'partition'>, key: Uint8Array | null): string {
  return `${topic}/${partition}/${key === null ? '' : Buffer.from(key).toString('hex')}`;
}

function lowest(letters: readonly LoggedLetter[]): bigint | undefined {
  return letters.reduce<bigint | undefined>((least, { offset }) => (least === undefined || offset < least ? offset : least), undefined);
}
