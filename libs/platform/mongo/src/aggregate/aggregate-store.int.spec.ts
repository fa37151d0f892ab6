import { ok, refused } from '@index766/kernel';
import type { MongoDatabase } from '../connection/mongo-database';
import { ensureIndexes } from '../connection/indexes';
import { addFact, dossierStore, moreFacts, recordOf, slotOf } from '../test/dossier-store';
import { empty, openSpecDatabase } from '../test/open-spec-database';
import { upTo } from '../test/recording-sender';
import { newAggregate, type AggregateRow } from './aggregate-document';
import { recall, remember, type RememberedCommand } from './remembered-commands';
import { AggregateStore } from './aggregate-store';

describe('the aggregate store', () => {
  let database: MongoDatabase;

  const outboxOf = async (id: string) =>
    (await database.collection<AggregateRow>('dossiers').findOne({ _id: id }))?.outbox?.map(({ sequence }) => sequence);

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
    await ensureIndexes(database, dossierStore(database).indexes);
  });
  beforeEach(() => empty(database, 'dossiers', 'commands'));
  afterAll(() => database.close());

  it('saves state and records in one document and reads them back', async () => {
    const store = dossierStore(database);
    expect(await store.saveMany([moreFacts('d1', undefined, 2)])).toEqual({ lost: new Set(), full: new Set() });
    expect(await store.find('d1')).toMatchObject({ id: 'd1', version: 1, pending: 2, state: { unit: 'H44.114', facts: 2 } });
    const row = await database.collection<AggregateRow>('dossiers').findOne({ _id: 'd1' }, { promoteBuffers: true });
    const entryOf = (sequence: number) => {
      const record = recordOf('d1', sequence);
      return { ...record, headers: JSON.stringify(record.headers), version: 1 };
    };
    expect(row).toMatchObject({ slot: 1, outbox: [entryOf(1), entryOf(2)] });
    expect(Math.abs(Number(row?.outboxAt) - database.now())).toBeLessThan(5_000);
  });

  it('writes the fields of a change and leaves the others', async () => {
    const store = dossierStore(database);
    await store.saveMany([{ of: newAggregate('d1'), set: { unit: 'H44', facts: 0, note: 'first' } }]);
    const [read] = (await store.findMany(['d1'], ['facts'])).values();
    expect(read).toEqual({ id: 'd1', version: 1, pending: 0, readAt: expect.any(Number) as number, state: { facts: 0 } });
    await store.saveMany([{ of: read ?? newAggregate('d1'), set: { facts: 1 }, unset: ['note'] }]);
    expect(await store.find('d1')).toMatchObject({ version: 2, state: { unit: 'H44', facts: 1 } });
    expect((await store.find('d1'))?.state).not.toHaveProperty('note');
  });

  it('stores an undefined field as absent', async () => {
    const store = dossierStore(database);
    await store.saveMany([{ of: newAggregate('d1'), set: { unit: 'H44', facts: 0, note: undefined } }]);
    expect((await store.find('d1'))?.state).toEqual({ unit: 'H44', facts: 0 });
  });

  it('names exactly the fifty of five hundred that another writer was faster with', async () => {
    const store = dossierStore(database);
    const ids = upTo(500).map((number) => `d${String(number).padStart(4, '0')}`);
    await store.saveMany(ids.map((id) => moreFacts(id, undefined)));
    const read = await store.findMany(ids);
    const taken = ids.filter((_, index) => index % 10 === 3);
    await store.saveMany(taken.map((id) => moreFacts(id, read.get(id))));

    const { lost } = await store.saveMany(ids.map((id) => moreFacts(id, read.get(id))));

    expect([...lost].sort()).toEqual(taken);
    const after = await store.findMany(ids);
    expect(new Set([...after.values()].map(({ version, state }) => `${version} ${state.facts}`))).toEqual(new Set(['2 2']));
  });

  it('writes no decision on what was read too long ago, and names it as lost', async () => {
    const store = dossierStore(database);
    await store.saveMany([moreFacts('d1', undefined), moreFacts('d2', undefined)]);
    const read = await store.findMany(['d1', 'd2']);
    const stopped = { ...(read.get('d1') ?? newAggregate('d1')), readAt: performance.now() - 10_001, state: { unit: 'H44', facts: 1 } };

    const { lost } = await store.saveMany([moreFacts('d1', stopped), moreFacts('d2', read.get('d2'))]);

    expect(lost).toEqual(new Set(['d1']));
    const after = await store.findMany(['d1', 'd2']);
    expect([...after.values()].map(({ id, version }) => [id, version])).toEqual([['d1', 1], ['d2', 2]]);
  });

  it('names those of new aggregates that another writer had created', async () => {
    const store = dossierStore(database);
    await store.saveMany([moreFacts('d2', undefined)]);
    const { lost } = await store.saveMany(['d1', 'd2', 'd3'].map((id) => moreFacts(id, undefined)));
    expect(lost).toEqual(new Set(['d2']));
  });

  it('lets exactly one of twenty parallel writers win each round', async () => {
    const store = dossierStore(database);
    for (const round of upTo(10)) {
      const read = await store.find('d1');
      const outcomes = await Promise.all(upTo(20).map(() => store.saveMany([moreFacts('d1', read)])));
      expect(outcomes.filter(({ lost }) => lost.size === 0)).toHaveLength(1);
      expect(await store.find('d1')).toMatchObject({ version: round, state: { facts: round } });
    }
    expect(await outboxOf('d1')).toEqual(upTo(10));
  });

  it('loses nothing when twenty writers save the same two hundred dossiers in bulk', async () => {
    const store = dossierStore(database);
    const ids = upTo(200).map((number) => `d${number}`);
    const write = async () => {
      for (let open: readonly string[] = ids; open.length > 0; ) {
        const read = await store.findMany(open);
        const { lost } = await store.saveMany(open.map((id) => moreFacts(id, read.get(id))));
        open = [...lost];
      }
    };
    await Promise.all(upTo(20).map(write));
    const after = await store.findMany(ids);
    expect(new Set([...after.values()].map(({ version, state }) => `${version} ${state.facts}`))).toEqual(new Set(['20 20']));
    expect(await outboxOf('d7')).toEqual(upTo(20));
  });

  it('brings all of twenty parallel updates of one document in', async () => {
    const store = dossierStore(database);
    const answers = await Promise.all(upTo(20).map(() => addFact(store, 'd1')));
    expect(answers.map((answer) => (answer.ok ? answer.value : 0)).sort((a, b) => a - b)).toEqual(upTo(20));
    expect(await outboxOf('d1')).toEqual(upTo(20));
  });

  it('hands a refusal on and writes nothing', async () => {
    const store = dossierStore(database);
    const refusal = refused('DOSSIER.ALREADY_CLOSED', 'the dossier is closed');
    expect(await store.update('d1', () => refusal)).toEqual(refusal);
    expect(await store.find('d1')).toBeUndefined();
  });

  it('writes nothing when nothing is decided', async () => {
    const store = dossierStore(database);
    await addFact(store, 'd1');
    expect(await store.update('d1', (dossier) => ok({ answer: dossier?.version }))).toEqual(ok(1));
    expect(await store.find('d1')).toMatchObject({ version: 1 });
  });

  it('refuses more records than may wait in one document, and takes them again once they have left', async () => {
    const store = dossierStore(database, { outboxLimit: 3 });
    for (const fact of upTo(3)) expect(await addFact(store, 'd1')).toEqual(ok(fact));
    expect(await addFact(store, 'd1')).toMatchObject({ ok: false, error: { code: 'OUTBOX.FULL' } });
    const [full, other] = [moreFacts('d1', await store.find('d1')), moreFacts('d2', undefined)];
    expect(await store.saveMany([full, other])).toEqual({ lost: new Set(), full: new Set(['d1']) });
    expect(await store.find('d1')).toMatchObject({ version: 3, pending: 3 });
    expect(await store.find('d2')).toMatchObject({ version: 1 });

    await database.collection('dossiers').updateOne({ slot: 1 }, { $set: { outbox: [] }, $unset: { outboxAt: '' } });
    expect(await addFact(store, 'd1')).toEqual(ok(4));
  });

  it('takes a change that alone exceeds the limit when nothing waits', async () => {
    const store = dossierStore(database, { outboxLimit: 3 });
    expect(await store.saveMany([moreFacts('d1', undefined, 5)])).toEqual({ lost: new Set(), full: new Set() });
  });

  it('tells of an aggregate that vanished under its writer', async () => {
    const store = dossierStore(database);
    await addFact(store, 'd1');
    const read = await store.find('d1');
    await empty(database, 'dossiers');
    await expect(store.saveMany([moreFacts('d1', read)])).rejects.toThrow('vanished');
  });

  it('refuses by name one that vanished among known and new ones, leaves nothing of it and saves the others', async () => {
    const store = dossierStore(database);
    const known = ['d1', 'd3', 'd5'];
    await store.saveMany(known.map((id) => moreFacts(id, undefined)));
    const read = await store.findMany(known);
    await store.saveMany([moreFacts('d5', read.get('d5'))]);
    await database.collection<AggregateRow>('dossiers').deleteOne({ _id: 'd3' });

    const all = ['d1', 'd2', 'd3', 'd4', 'd5'];
    const failure: unknown = await store.saveMany(all.map((id) => moreFacts(id, read.get(id)))).catch((error: unknown) => error);

    expect(failure).toEqual(new Error('vanished since they were read: d3'));
    const after = await store.findMany(all);
    expect([...after.values()].map(({ id, version }) => `${id} ${version}`).sort()).toEqual(['d1 2', 'd2 1', 'd4 1', 'd5 2']);
  });

  it('refuses two changes of one aggregate in one save', async () => {
    const change = moreFacts('d1', undefined);
    await expect(dossierStore(database).saveMany([change, change])).rejects.toThrow('two writes of one document');
  });

  it('announces the slots of saves that left records', async () => {
    const announced: unknown[] = [];
    const store = dossierStore(database, { onSaved: (slots, collection) => announced.push([collection, [...slots].sort()]) });
    await store.saveMany([moreFacts('d1', undefined), moreFacts('d6', undefined), moreFacts('d5', undefined)]);
    await store.saveMany([{ of: newAggregate('d3'), set: { unit: 'H44', facts: 0 } }]);
    expect(announced).toEqual([['dossiers', [slotOf('d1'), slotOf('d6')].sort()]]);
  });

  it('answers a repeated command from the document it changed', async () => {
    interface CommandState {
      readonly count: number;
      readonly commands: readonly RememberedCommand<number>[];
    }
    const store = new AggregateStore<CommandState>(database, { collection: 'commands', slotOf });
    const send = (key: string, requestHash: string) =>
      store.update('c1', (aggregate) => {
        const { count, commands } = aggregate?.state ?? { count: 0, commands: [] };
        const at = new Date(database.now());
        const known = recall(commands, { key, requestHash }, at);
        if (!known.ok) return known;
        if (known.value) return ok({ answer: known.value.answer });
        const answer = count + 1;
        return ok({ answer, set: { count: answer, commands: remember(commands, { key, requestHash, answer, at }) } });
      });

    const answers = await Promise.all(upTo(10).map(() => send('key-1', 'hash-1')));
    expect(answers).toEqual(upTo(10).map(() => ok(1)));
    expect(await send('key-2', 'hash-2')).toEqual(ok(2));
    expect(await send('key-1', 'hash-2')).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY.KEY_REUSED' } });
    expect((await store.find('c1'))?.state.count).toBe(2);
  });
});
