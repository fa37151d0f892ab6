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
  /** False when the document must exist: should the upsert insert it all the same, it had vanished. */
  readonly mayInsert: boolean;
}

export interface FencedWriteOptions {
  readonly commandTimeoutMs: number;
  readonly retry?: RetryOptions;
}

/**
 * Sends compare-and-sets as unordered bulk writes sorted by id (writers that meet then queue up instead of
 * deadlocking) and answers the ids that were lost. A repetition after a broken connection counts a write that had
 * arrived before as lost: safe, because what is lost is loaded and decided again.
 */
export async function writeFenced<Row extends Keyed>(
  collection: mongo.Collection<Row>,
  writes: readonly FencedWrite<Row>[],
  options: FencedWriteOptions,
): Promise<ReadonlySet<string>> {
  const sorted = [...writes].sort((a, b) => compareText(a.id, b.id));
  refuseRepeatedIds(sorted);
  const lost = new Set<string>();
  for (let start = 0; start < sorted.length; start += BULK_LIMIT) {
    await writeBulk(collection, sorted.slice(start, start + BULK_LIMIT), options, lost);
  }
  return lost;
}

async function writeBulk<Row extends Keyed>(
  collection: mongo.Collection<Row>,
  writes: readonly FencedWrite<Row>[],
  options: FencedWriteOptions,
  lost: Set<string>,
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
      refuseVanished(open, result.upsertedIds);
    } catch (error) {
      if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
      const failures = failuresOf(error);
      if (failures.length === 0) throw error;
      refuseVanished(open, error.result.upsertedIds);
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

type Fence = Pick<FencedWrite<Keyed>, 'id' | 'mayInsert'>;

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

function refuseVanished(writes: readonly Fence[], upsertedIds: Readonly<Record<number, unknown>>): void {
  for (const index of Object.keys(upsertedIds)) {
    const write = writes[Number(index)];
    if (write && !write.mayInsert) {
      throw new Error(`document ${write.id} vanished since it was read and was written anew in part`);
    }
  }
}

function refuseRepeatedIds(sorted: readonly Fence[]): void {
  for (const [index, { id }] of sorted.entries()) {
    if (index > 0 && sorted[index - 1]?.id === id) throw new Error(`two writes of one document in one bulk: ${id}`);
  }
}
