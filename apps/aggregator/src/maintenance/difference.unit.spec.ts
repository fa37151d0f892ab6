import { settledDifferences, type Suspect, type Suspects } from './difference';

const suspect = (id: string, stamp: string): readonly [string, Suspect] =>
  [id, { stamp, difference: { subject: 'dossier', id, field: 'view' } }];

/** What each look finds, one after the other; the last one stays. */
const looks = (...found: readonly (readonly (readonly [string, Suspect])[])[]) => {
  const asked: (readonly string[] | undefined)[] = [];
  let passes = 0;
  const look = (ids?: readonly string[]): Promise<Suspects> => {
    asked.push(ids);
    return Promise.resolve(new Map(found[Math.min(asked.length, found.length) - 1]));
  };
  const passed = (): Promise<void> => {
    passes += 1;
    return Promise.resolve();
  };
  return { asked, passes: () => passes, differences: async () => (await settledDifferences(look, passed)).map(({ id }) => id) };
};

describe('differences between things that are being written', () => {
  it('are none, and nothing is waited for, when the first look finds none', async () => {
    const { differences, passes } = looks([]);

    expect(await differences()).toEqual([]);
    expect(passes()).toBe(0);
  });

  it('are none when a write was only on its way', async () => {
    const { differences, asked } = looks([suspect('a', '1 0')], []);

    expect(await differences()).toEqual([]);
    expect(asked).toEqual([undefined, ['a']]);
  });

  it('are what differs twice with the same revisions', async () => {
    const { differences, passes } = looks([suspect('a', '1 1'), suspect('b', '1 1')], [suspect('a', '1 1')]);

    expect(await differences()).toEqual(['a']);
    expect(passes()).toBe(1);
  });

  it('are looked for again while revisions move', async () => {
    const { differences, asked } = looks([suspect('a', '1 1')], [suspect('a', '2 1')], [suspect('a', '2 2')], []);

    expect(await differences()).toEqual([]);
    expect(asked).toEqual([undefined, ['a'], ['a'], ['a']]);
  });

  it('are told in the end of what never stands still', async () => {
    let revision = 0;
    const moving = (): Promise<Suspects> => {
      revision += 1;
      return Promise.resolve(new Map([suspect('a', String(revision))]));
    };

    expect(await settledDifferences(moving, () => Promise.resolve())).toHaveLength(1);
  });
});
