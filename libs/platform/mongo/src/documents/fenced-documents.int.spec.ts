import type { MongoDatabase } from '../connection/mongo-database';
import { empty, openSpecDatabase } from '../test/open-spec-database';
import { upTo } from '../test/recording-sender';
import { FencedDocuments } from './fenced-documents';

interface Entry {
  readonly facts: number;
  readonly hash?: Uint8Array;
}

describe('fenced documents', () => {
  let database: MongoDatabase;
  let documents: FencedDocuments<Entry>;
  const ids = upTo(500).map((number) => `d${String(number).padStart(4, '0')}`);

  beforeAll(async () => {
    database = await openSpecDatabase(__filename);
    documents = new FencedDocuments(database, 'ledger');
  });
  beforeEach(() => empty(database, 'ledger'));
  afterAll(() => database.close());

  it('come back as they were written, bytes as bytes, with their revision', async () => {
    await documents.replaceMany([{ id: 'd1', rev: 0, content: { facts: 2, hash: Buffer.from('abc') } }]);
    expect(await documents.findMany(['d1', 'd2'])).toEqual(
      new Map([['d1', { id: 'd1', rev: 1, content: { facts: 2, hash: Buffer.from('abc') } }]]),
    );
    expect((await documents.findMany(['d1'], ['facts'])).get('d1')).toEqual({ id: 'd1', rev: 1, content: { facts: 2 } });
  });

  it('are replaced whole', async () => {
    await documents.replaceMany([{ id: 'd1', rev: 0, content: { facts: 2, hash: Buffer.from('abc') } }]);
    await documents.replaceMany([{ id: 'd1', rev: 1, content: { facts: 3 } }]);
    expect((await documents.findMany(['d1'])).get('d1')).toEqual({ id: 'd1', rev: 2, content: { facts: 3 } });
  });

  it('name exactly those whose fence was lost', async () => {
    await documents.replaceMany(ids.map((id) => ({ id, rev: 0, content: { facts: 1 } })));
    const taken = ids.filter((_, index) => index % 10 === 7);
    await documents.replaceMany(taken.map((id) => ({ id, rev: 1, content: { facts: 99 } })));
    const lost = await documents.replaceMany(ids.map((id) => ({ id, rev: 1, content: { facts: 2 } })));
    expect([...lost].sort()).toEqual(taken);
    const after = await documents.findMany(ids);
    expect(ids.filter((id) => after.get(id)?.content.facts === 99)).toEqual(taken);
  });

  it('take more than one bulk write holds', async () => {
    const many = upTo(2_345).map((number) => `m${number}`);
    expect(await documents.replaceMany(many.map((id) => ({ id, rev: 0, content: { facts: 1 } })))).toEqual(new Set());
    expect((await documents.findMany(many)).size).toBe(2_345);
    expect((await documents.replaceMany(many.map((id) => ({ id, rev: 0, content: { facts: 1 } })))).size).toBe(2_345);
  });

  it('let exactly one of twenty members win each document', async () => {
    const wins = await Promise.all(
      upTo(20).map(async (member) => {
        const lost = await documents.replaceMany(ids.map((id) => ({ id, rev: 0, content: { facts: member } })));
        return ids.length - lost.size;
      }),
    );
    expect(wins.reduce((sum, won) => sum + won)).toBe(ids.length);
  });
});
