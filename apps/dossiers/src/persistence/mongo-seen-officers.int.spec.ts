import type { OfficerPseudonym, UnitCode } from '@index766/kernel';
import { partitionOf } from '@index766/platform-kafka';
import { AggregateStore, ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri, uniqueName } from '@index766/testing-integration';
import type { SeenOfficer } from '../domain/seen-officer';
import { october } from '../test/pushes';
import { MongoSeenOfficers, type OfficerFields } from './mongo-seen-officers';

let database: MongoDatabase;
beforeAll(async () => {
  database = await openMongo({
    uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 10_000, serverSelectionTimeoutMs: 3_000, maxPoolSize: 20, startUpTimeoutMs: 30_000,
  });
}, 60_000);
afterAll(() => database.close());

const PSEUDONYM = 'ab'.repeat(16) as OfficerPseudonym;
const NOW = october('20 12:00');
const titled = (title: string): SeenOfficer => ({ pseudonym: PSEUDONYM, unit: 'H44.114' as UnitCode, name: 'Trần Thị Ví Dụ', title });

interface OfficerDocument extends OfficerFields {
  readonly _id: string;
  readonly version: number;
  readonly outbox: readonly { readonly sequence: number; readonly value: { readonly buffer: Uint8Array } }[];
}

/** Officers in a collection of their own; `restarted` is a member that remembers nothing. */
async function someOfficers() {
  const collection = uniqueName('officers');
  const store = new AggregateStore<OfficerFields>(database, { collection, slotOf: (id) => partitionOf(id, 3) });
  await ensureIndexes(database, store.indexes);
  const documents = database.collection<OfficerDocument>(collection);
  const document = async () => {
    const found = await documents.findOne({ _id: PSEUDONYM });
    if (found === null) throw new Error('no officer was written');
    return found;
  };
  return {
    restarted: () => new MongoSeenOfficers(store),
    documents,
    document,
    announced: async () => (await document()).outbox.map(({ sequence, value }) => {
      const { title } = JSON.parse(Buffer.from(value.buffer).toString('utf8')) as { readonly title: string };
      return `${sequence} ${title}`;
    }),
  };
}

describe('officers as documents', () => {
  it('whose title changed say nothing new when the earlier pushes come again', async () => {
    const { restarted, announced, document } = await someOfficers();
    for (const title of ['A', 'B']) await restarted().remember([titled(title)], NOW);
    const { version } = await document();
    for (const title of ['A', 'B', 'A', 'B']) await restarted().remember([titled(title)], NOW);

    expect(await announced()).toEqual(['1 A', '2 B']);
    expect((await document()).version).toBe(version);
  });

  it('are announced under each title of one push', async () => {
    const { restarted, announced } = await someOfficers();
    const officers = restarted();
    await officers.remember([titled('A'), titled('B'), titled('A')], NOW);
    await officers.remember([titled('C'), titled('B')], NOW);
    expect(await announced()).toEqual(['1 A', '2 B', '3 C']);
  });

  it('are announced once when many members see them at once', async () => {
    const { restarted, announced } = await someOfficers();
    await Promise.all(Array.from({ length: 4 }, () => restarted().remember([titled('A')], NOW)));
    expect(await announced()).toEqual(['1 A']);
  });

  it('keep the last fifty of their titles', async () => {
    const { restarted, document } = await someOfficers();
    await restarted().remember(Array.from({ length: 60 }, (_, index) => titled(`T${index}`)), NOW);
    await restarted().remember([titled('T10')], NOW);
    expect(await document()).toMatchObject({ seenAs: { length: 50 }, sequence: 60 });

    await restarted().remember([titled('T9')], NOW);
    expect(await document()).toMatchObject({ seenAs: { length: 50 }, sequence: 61 });
  });

  it('written with one hash alone go on from it', async () => {
    const { restarted, announced, documents, document } = await someOfficers();
    await restarted().remember([titled('A')], NOW);
    const [hash] = (await document()).seenAs;
    await documents.updateOne({ _id: PSEUDONYM }, { $set: { seenAs: String(hash) } });

    await restarted().remember([titled('A'), titled('B')], NOW);
    expect(await announced()).toEqual(['1 A', '2 B']);
  });
});
