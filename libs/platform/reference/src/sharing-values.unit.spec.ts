import { sharingValues } from './sharing-values';

interface Content {
  readonly name: string;
  readonly at: Date;
  readonly term: { readonly kind: string; readonly amount: number };
  readonly parts: readonly string[];
  readonly versions: readonly { readonly term: { readonly kind: string; readonly amount: number } }[];
}

const content = (name: string, amount = 3): Content => ({
  name, at: new Date(1_000), term: { kind: 'working-days', amount }, parts: ['name', 'steps'], versions: [{ term: { kind: 'working-days', amount } }],
});

/** Each read gives new objects, as a database does. */
const source = (...batches: readonly (readonly Content[])[]) => {
  const left = [...batches];
  return {
    changedSince: () => Promise.resolve({ documents: (left.shift() ?? []).map((each, index) => ({ id: String(index), rev: 1, content: each })), next: new Date(7) }),
  };
};

describe('reads that share values', () => {
  it('give what the database gives', async () => {
    const { documents, next } = await sharingValues(source([content('a'), content('b', 5)])).changedSince(undefined);
    expect([documents, next]).toEqual([
      [{ id: '0', rev: 1, content: content('a') }, { id: '1', rev: 1, content: content('b', 5) }], new Date(7),
    ]);
  });

  it('give equal instants, lists and small parts as one, in one read and in later ones', async () => {
    const shared = sharingValues(source([content('a'), content('b')], [content('c')]));
    const first = (await shared.changedSince(undefined)).documents.map((each) => each.content);
    const [later] = (await shared.changedSince(new Date(7))).documents.map((each) => each.content);
    const [a, b] = first;
    for (const other of [b, later]) {
      expect(other?.at).toBe(a?.at);
      expect(other?.term).toBe(a?.term);
      expect(other?.parts).toBe(a?.parts);
      expect(other?.versions[0]?.term).toBe(a?.term);
    }
  });

  it('keep apart what differs by its type alone', async () => {
    const numbers = sharingValues<{ readonly part: { readonly is: unknown } }>({
      changedSince: () => Promise.resolve({ documents: [1, '1'].map((is) => ({ id: `${is}`, rev: 1, content: { part: { is } } })), next: new Date(7) }),
    });
    expect((await numbers.changedSince(undefined)).documents.map((each) => each.content.part.is)).toEqual([1, '1']);
  });
});
