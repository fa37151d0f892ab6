import { within } from '../within';
import type { BatchHandler, BatchResult, ItemOutcome } from './batch-handler';
import type { Poison } from '../dead-letters/dead-letter';
import { LaneBlocked, classifyFailure, describeError, type FailureClassifier } from './failure';
import { foldApart, foldTogether } from './fold-apart';
import { gathered } from './gathered';
import type { IncomingRecord } from './incoming-record';
import { groupByKey, halvesOf, mergeKeys, type Entry, type KeyWork } from './key-work';

export interface ChunkReport {
  readonly poisons: readonly Poison[];
  /** By topic, how many of the others ended how. */
  readonly ended: ReadonlyMap<string, EndedRecords>;
}

export interface EndedRecords {
  ignored: number;
  applied: number;
  duplicates: number;
}

/** Where the records of a chunk stand, for the handler to know. */
export interface ChunkPlace {
  /** Said apart from the records: a chunk of watermarks alone has none, and may still be the end of the log. */
  readonly partition: number;
  /** Records of the handler's topics in the partition that are left. */
  readonly behind: number;
  /** The handler was told of records that are left, and of none since: it hears when none is, whatever came of the last ones. */
  readonly isOwed: boolean;
}

export interface ChunkWorkOptions {
  readonly classify: FailureClassifier | undefined;
  readonly triesPerBug: number;
  readonly saveRounds: number;
  /** One call of the handler's I/O; a longer one counts as away, what it still does is met by the fence. */
  readonly askWithinMs: number;
  /** Waits before the next try; the argument counts the tries so far. */
  readonly pauseBeforeTry: (attempt: number, error: unknown) => Promise<void>;
}

/**
 * The way of some records of one partition number through a handler, up to the point where they may be committed.
 * Everything together first; a bug is tried again, and at last the records are taken apart so that only those fail that
 * cause it. Throws a `LaneBlocked` when database or broker are away: nothing is decided then, all is done again.
 */
export class ChunkWork<Item, Doc> {
  readonly #load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Doc>>;
  readonly #save: (documents: ReadonlyMap<string, Doc>) => Promise<readonly string[]>;

  constructor(
    private readonly handler: BatchHandler<Item, Doc>,
    private readonly options: ChunkWorkOptions,
  ) {
    this.#load = gathered({ call: (keys) => handler.load(keys), sizeOf: (keys) => keys.length, join: (all) => [...new Set(all.flat())] });
    this.#save = gathered({ call: (documents) => handler.save(documents), sizeOf: (documents) => documents.size, join: joinDocuments });
  }

  /** @param records of each topic in the order of its log */
  async run(records: readonly IncomingRecord[], place: ChunkPlace): Promise<ChunkReport> {
    for (let attempt = 1; attempt < this.options.triesPerBug; attempt += 1) {
      try {
        return await this.#together(records, place);
      } catch (error) {
        if (error instanceof LaneBlocked) throw error;
        await this.options.pauseBeforeTry(attempt, error);
      }
    }
    return this.#apart(records, place);
  }

  async #together(records: readonly IncomingRecord[], place: ChunkPlace): Promise<ChunkReport> {
    const { entries, poisons, ignored } = this.#decode(records, (_, error) => {
      throw error;
    });
    const keys = await this.#apply(groupByKey(entries), (document, items) => {
      const { document: next, outcomes } = foldTogether((before, all) => this.handler.fold(before, all), document, items);
      return { document: next, results: outcomes };
    });
    await this.#after(place, keys);
    return reportOf(keys, poisons, ignored);
  }

  async #apart(records: readonly IncomingRecord[], place: ChunkPlace): Promise<ChunkReport> {
    const bugs: Poison[] = [];
    const { entries, poisons, ignored } = this.#decode(records, (record, error) => bugs.push(bugOf(record, 'decode', error)));
    const keys = mergeKeys(await this.#applyApart(groupByKey(entries)));
    const failedAfter = await this.#afterApart(place, keys);
    return reportOf(keys, [...poisons, ...bugs, ...failedAfter], ignored);
  }

  #decode(records: readonly IncomingRecord[], onBug: (record: IncomingRecord, error: unknown) => void): {
    entries: Entry<Item>[]; poisons: Poison[]; ignored: IncomingRecord[];
  } {
    const entries: Entry<Item>[] = [];
    const poisons: Poison[] = [];
    const ignored: IncomingRecord[] = [];
    for (const record of records) {
      try {
        const decoded = this.handler.decode(record);
        if (decoded === 'ignored') ignored.push(record);
        else if (decoded.ok) entries.push({ record, item: decoded.value, key: this.handler.keyOf(decoded.value) });
        else poisons.push({ record, cause: 'refused', reason: decoded.error.code, detail: decoded.error.detail });
      } catch (error) {
        onBug(record, error);
      }
    }
    return { entries, poisons, ignored };
  }

  /** Load, fold, save, until no document was lost to somebody else. */
  async #apply(groups: ReadonlyMap<string, readonly Entry<Item>[]>, fold: FoldKey<Item, Doc>): Promise<KeyWork<Item, Doc>[]> {
    const done: KeyWork<Item, Doc>[] = [];
    let open = groups;
    for (let round = 1; open.size > 0; round += 1) {
      if (round > this.options.saveRounds) throw new LaneBlocked(`${open.size} documents are being written by others`);
      const keys = [...open.keys()];
      const documents = await this.#ask('load', () => this.#load(keys));
      const folded = [...open].map(([key, entries]) => foldKey(key, documents.get(key), entries, fold));
      const changed = new Map(folded.flatMap(({ key, changed: document }) => (document === undefined ? [] : [[key, document] as const])));
      const lost = new Set(changed.size === 0 ? [] : await this.#ask('save', () => this.#save(changed)));
      done.push(...folded.filter(({ key }) => !lost.has(key)));
      open = new Map([...open].filter(([key]) => lost.has(key)));
    }
    return done;
  }

  /** As `#apply`, but a record that makes fold, load or save fail by a bug fails alone. */
  async #applyApart(groups: ReadonlyMap<string, readonly Entry<Item>[]>): Promise<KeyWork<Item, Doc>[]> {
    try {
      return await this.#apply(groups, (document, items) => foldApart((before, all) => this.handler.fold(before, all), document, items));
    } catch (failure) {
      if (failure instanceof LaneBlocked) throw failure;
      const halves = halvesOf(groups);
      if (!halves) {
        return [...groups].map(([key, entries]) => ({
          key, before: undefined, after: undefined, changed: undefined,
          entries: entries.map((entry) => ({ entry, result: { failure, step: 'load or save' } })),
        }));
      }
      // One after the other: both halves may hold records of the same key.
      return [...(await this.#applyApart(halves[0])), ...(await this.#applyApart(halves[1]))];
    }
  }

  async #after(place: ChunkPlace, keys: readonly KeyWork<Item, Doc>[]): Promise<void> {
    const result = resultOf(place, keys);
    if (result.keys.length > 0 || place.isOwed) await this.#ask('after', () => this.handler.after?.(result) ?? Promise.resolve());
  }

  async #afterApart(place: ChunkPlace, keys: readonly KeyWork<Item, Doc>[]): Promise<readonly Poison[]> {
    try {
      await this.#after(place, keys);
      return [];
    } catch (error) {
      if (error instanceof LaneBlocked) throw error;
      // There is no record to set aside: the end of the log has to be told some time.
      if (keys.length === 0) throw new LaneBlocked(`after: ${describeError(error)}`, { cause: error });
      if (keys.length === 1) {
        return keys.flatMap(({ entries }) =>
          entries.filter(({ result }) => typeof result === 'string').map(({ entry }) => bugOf(entry.record, 'after', error)),
        );
      }
      const middle = keys.length >>> 1;
      return [...(await this.#afterApart(place, keys.slice(0, middle))), ...(await this.#afterApart(place, keys.slice(middle)))];
    }
  }

  /** Throws a `LaneBlocked` for what is away and the error itself for a bug. */
  async #ask<T>(step: string, call: () => Promise<T>): Promise<T> {
    try {
      return await within(this.options.askWithinMs, step, call);
    } catch (error) {
      if (classifyFailure(error, this.options.classify) === 'bug') throw error;
      throw new LaneBlocked(`${step}: ${describeError(error)}`, { cause: error });
    }
  }
}

/** Undefined when two lanes have one document in work: a record of its key stands in a partition that is not the key's. */
function joinDocuments<Doc>(all: readonly ReadonlyMap<string, Doc>[]): ReadonlyMap<string, Doc> | undefined {
  const together = new Map(all.flatMap((documents) => [...documents]));
  return together.size === all.reduce((sum, { size }) => sum + size, 0) ? together : undefined;
}

type FoldKey<Item, Doc> = (document: Doc | undefined, items: readonly Item[]) => {
  readonly document: Doc | undefined;
  readonly results: readonly (ItemOutcome | { readonly failure: unknown })[];
};

function foldKey<Item, Doc>(
  key: string, before: Doc | undefined, entries: readonly Entry<Item>[], fold: FoldKey<Item, Doc>,
): KeyWork<Item, Doc> {
  const { document, results } = fold(before, entries.map(({ item }) => item));
  return {
    key, before, after: document ?? before, changed: document,
    entries: entries.map((entry, index) => {
      const result = results[index] ?? { failure: new RangeError('no outcome') };
      return { entry, result: typeof result === 'string' ? result : { ...result, step: 'fold' } };
    }),
  };
}

function resultOf<Item, Doc>({ partition, behind }: ChunkPlace, keys: readonly KeyWork<Item, Doc>[]): BatchResult<Item, Doc> {
  return {
    partition,
    behind,
    keys: keys.flatMap(({ key, before, after, changed, entries }) => {
      const items = entries.flatMap(({ entry, result }) => (typeof result === 'string' ? [{ item: entry.item, outcome: result }] : []));
      return items.length === 0 ? [] : [{ key, before, after, isChanged: changed !== undefined, items }];
    }),
  };
}

function reportOf<Item, Doc>(keys: readonly KeyWork<Item, Doc>[], poisons: readonly Poison[], ignored: readonly IncomingRecord[]): ChunkReport {
  const ended = new Map<string, EndedRecords>();
  const endedOf = ({ topic }: IncomingRecord): EndedRecords => {
    const known = ended.get(topic) ?? { ignored: 0, applied: 0, duplicates: 0 };
    ended.set(topic, known);
    return known;
  };
  for (const record of ignored) endedOf(record).ignored += 1;
  const found: Poison[] = [];
  for (const { entries } of keys) {
    for (const { entry: { record }, result } of entries) {
      if (typeof result !== 'string') found.push(bugOf(record, result.step, result.failure));
      else if (result === 'conflict') found.push({ record, cause: 'conflict', reason: 'CONSUMER.CONFLICT', detail: 'another record has this key and sequence' });
      else endedOf(record)[result === 'applied' ? 'applied' : 'duplicates'] += 1;
    }
  }
  return { poisons: [...poisons, ...found], ended };
}

function bugOf(record: IncomingRecord, step: string, error: unknown): Poison {
  return { record, cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: `${step}: ${describeError(error)}` };
}
