import { WorkSlots } from './work-slots';

describe('slots for work', () => {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const work = (name: string) => () => new Promise<string>((resolve, reject) => {
    begun.push(name);
    ends.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
  });
  beforeEach(() => {
    begun.length = 0;
  });

  it('are given in turn, and given on when work ends or fails', async () => {
    const slots = new WorkSlots(2);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => slots.run(work(name)));
    expect(begun).toEqual(['a', 'b']);

    ends.get('b')?.(new Error('no'));
    await expect(b).rejects.toThrow('no');
    expect(begun).toEqual(['a', 'b', 'c']);

    ends.get('a')?.();
    expect(await a).toBe('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);

    ends.get('c')?.();
    ends.get('d')?.();
    expect(await Promise.all([c, d])).toEqual(['c', 'd']);
    void slots.run(work('e'));
    expect(begun.at(-1)).toBe('e');
  });
});
