import { compareText } from '@index766/kernel';
import { mongo } from 'mongoose';
import { DUPLICATE_CODE, isTransientCode } from '../failures/database-failure';
import { retrying, type RetryOptions } from '../failures/retrying';

/** Largest bulk write that both servers take well. */
const BULK_LIMIT = 1_000;

/** A document: `_id` is the id of the aggregate, dossier, unit, … */
export interface Keyed {
  readonly _id: string;
}

/**
 * One compare-and-set. `operation` is the insertion of a document that is not there yet, or an update or a replacement with
 * `upsert: true` whose filter is `_id` and the expected version: when the version moved, the filter matches nothing, the
 * upsert tries to insert the same `_id` and fails with code 11000, as an insertion does that came too late. That is how a
 * bulk write, which tells only totals of what it matched, names each loser.
 */
export interface FencedWrite<Row extends Keyed> {
  readonly id: string;
  readonly operation: mongo.AnyBulkWriteOperation<Row>;
  /**
   * Stated when the document must exist: finds what the upsert leaves of one that had vanished since it was read, a part
   * that nobody may take for the document.
   */
  readonly remnant?: mongo.Filter<Row>;
}

export interface FencedWriteOptions {
  readonly commandTimeoutMs: number;
  readonly retry?: RetryOptions;
}

interface Outcome<Row extends Keyed> {
  readonly lost: Set<string>;
  readonly vanished: FencedWrite<Row>[];
}

/**
 * Sends compare-and-sets as unordered bulk writes sorted by id (writers that meet then queue up instead of
 * deadlocking) and answers the ids that were lost. A repetition after a broken connection counts a write that had
 * arrived before as lost: safe, because what is lost is loaded and decided again. Throws when documents had vanished that
 * must exist: nothing of those stands, the others are written.
 */
export async function writeFenced<Row extends Keyed>(
  collection: mongo.Collection<Row>,
  writes: readonly FencedWrite<Row>[],
  options: FencedWriteOptions,
): Promise<ReadonlySet<string>> {
  const sorted = [...writes].sort((a, b) => compareText(a.id, b.id));
  refuseRepeatedIds(sorted);
  const outcome: Outcome<Row> = { lost: new Set(), vanished: [] };
  try {
    for (const bulk of bulksOf(sorted)) await writeBulk(collection, bulk, options, outcome);
  } finally {
    // When a bulk failed, too: a remnant must not outlive the save that left it.
    await refuseVanished(collection, outcome.vanished, options);
  }
  return outcome.lost;
}

/**
 * Insertions in bulks of their own. A driver sends them as a command of their own in any case; when the other command of a mixed
 * bulk fails as a whole, the bulk is repeated, and would meet its own insertions as those of a faster writer.
 */
function bulksOf<Row extends Keyed>(sorted: readonly FencedWrite<Row>[]): readonly (readonly FencedWrite<Row>[])[] {
  const insertions = sorted.filter(isInsertion);
  const others = sorted.filter((write) => !isInsertion(write));
  return [...slicesOf(insertions), ...slicesOf(others)];
}

function isInsertion<Row extends Keyed>({ operation }: FencedWrite<Row>): boolean {
  return 'insertOne' in operation;
}

function slicesOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / BULK_LIMIT) }, (_, index) =>
    items.slice(index * BULK_LIMIT, (index + 1) * BULK_LIMIT));
}

async function writeBulk<Row extends Keyed>(
  collection: mongo.Collection<Row>,
  writes: readonly FencedWrite<Row>[],
  options: FencedWriteOptions,
  { lost, vanished }: Outcome<Row>,
): Promise<void> {
  let open = writes;
  await retrying(async () => {
    const operations = open.map(({ operation }) => operation);
    try {
      const result = await collection.bulkWrite(operations, {
        ordered: false,
        maxTimeMS: options.commandTimeoutMs,
        // An optional field that is undefined is absent; the driver would store null.
        ignoreUndefined: true,
      });
      vanished.push(...vanishedOf(open, result));
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      vanished.push(...vanishedOf(open, error.result));
      const failures = failuresOf(error);
      if (failures.length === 0) throw error;
      const again: FencedWrite<Row>[] = [];
      for (const { index, code, errmsg } of failures) {
        const write = open[index];
        if (!write) throw error;
        if (code === DUPLICATE_CODE) lost.add(write.id);
        else if (isTransientCode(code, errmsg ?? '')) again.push(write);
        else throw error;
      }
      open = again;
      if (open.length > 0) throw new RepeatableWriteError(error);
    }
  }, options.retry);
}

/** Carries a code by which `retrying` knows that the open writes may be sent again. */
class RepeatableWriteError extends Error {
  readonly code = 112;

  constructor(cause: unknown) {
    super('some writes of a bulk met other writers', { cause });
    this.name = 'RepeatableWriteError';
  }
}

function failuresOf({ writeErrors }: mongo.MongoBulkWriteError): readonly mongo.WriteError[] {
  return [writeErrors].flat();
}

/** By what was upserted, not by where: the driver's indexes of upserts are not always those of the bulk. */
function vanishedOf<Row extends Keyed>(
  writes: readonly FencedWrite<Row>[],
  { upsertedIds }: Pick<mongo.BulkWriteResult, 'upsertedIds'>,
): readonly FencedWrite<Row>[] {
  const upserted = new Set<unknown>(Object.values(upsertedIds));
  return writes.filter(({ id, remnant }) => remnant !== undefined && upserted.has(id));
}

async function refuseVanished<Row extends Keyed>(
  collection: mongo.Collection<Row>,
  vanished: readonly FencedWrite<Row>[],
  options: FencedWriteOptions,
): Promise<void> {
  if (vanished.length === 0) return;
  const what = `vanished since they were read: ${vanished.map(({ id }) => id).join(', ')}`;
  const removals = vanished.flatMap(({ remnant }) => (remnant ? [{ deleteOne: { filter: remnant } }] : []));
  try {
    await retrying(
      () => collection.bulkWrite(removals, { ordered: false, maxTimeMS: options.commandTimeoutMs }),
      options.retry,
    );
  } catch (cause) {
    throw new Error(`${what}; a part of each may have been written anew`, { cause });
  }
  throw new Error(what);
}

function refuseRepeatedIds(sorted: readonly Pick<FencedWrite<Keyed>, 'id'>[]): void {
  for (const [index, { id }] of sorted.entries()) {
    if (index > 0 && sorted[index - 1]?.id === id) throw new Error(`two writes of one document in one bulk: ${id}`);
  }
}
