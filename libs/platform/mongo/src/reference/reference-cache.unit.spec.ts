import type { Fenced } from '../documents/fenced-documents';
import { ReferenceCache } from './reference-cache';
import type { ReferenceChanges } from './reference-collection';

interface Unit {
  readonly name: string;
}

/** Reference documents in memory; every write is one tick later. */
class ReferenceSource {
  readonly asked: (Date | undefined)[] = [];
  away = false;
  #tick = 0;
  readonly #written: { readonly at: number; readonly document: Fenced<Unit> }[] = [];

  write(id: string, rev: number, name: string): void {
    this.#tick += 1;
    this.#written.push({ at: this.#tick, document: { id, rev, content: { name } } });
  }

  changedSince(since: Date | undefined): Promise<ReferenceChanges<Unit>> {
    if (this.away) return Promise.reject(new Error('away'));
    this.asked.push(since);
    const from = since?.getTime() ?? 0;
    const documents = this.#written.filter(({ at }) => at >= from).map(({ document }) => document);
    return Promise.resolve({ documents, next: new Date(this.#tick) });
  }
}

const setUp = async () => {
  const source = new ReferenceSource();
  source.write('H44', 1, 'Phú Thọ');
  const changes: Record<string, Unit>[] = [];
  const cache = new ReferenceCache(source, { onChange: (changed) => changes.push(Object.fromEntries(changed)) });
  await cache.refresh();
  return { source, cache, changes };
};

describe('the reference cache', () => {
  it('is ready once loaded, and not before', async () => {
    const source = new ReferenceSource();
    const cache = new ReferenceCache(source);
    expect(cache.ready).toBe(false);
    await cache.refresh();
    expect(cache.ready).toBe(true);
  });

  it('holds what it has read', async () => {
    const { cache } = await setUp();
    expect(cache.find('H44')).toEqual({ name: 'Phú Thọ' });
    expect(cache.find('H45')).toBeUndefined();
    expect([...cache.entries()]).toEqual([['H44', { name: 'Phú Thọ' }]]);
    expect(cache.size).toBe(1);
  });

  it('reads everything once, then what changed', async () => {
    const { source, cache, changes } = await setUp();
    source.write('H44.1', 1, 'Sở Nội vụ');
    source.write('H44', 2, 'Tỉnh Phú Thọ');
    await cache.refresh();
    expect(source.asked).toEqual([undefined, new Date(1)]);
    expect(changes).toEqual([
      { H44: { name: 'Phú Thọ' } },
      { 'H44.1': { name: 'Sở Nội vụ' }, H44: { name: 'Tỉnh Phú Thọ' } },
    ]);
    expect(cache.revision).toBe(2);
  });

  it('tells nothing when it reads again what it has', async () => {
    const { cache, changes } = await setUp();
    await cache.refresh();
    expect(changes).toHaveLength(1);
    expect(cache.revision).toBe(1);
  });

  it('keeps the newer revision, however late an older one is read', async () => {
    const { source, cache } = await setUp();
    source.write('H44', 3, 'third');
    source.write('H44', 2, 'second');
    await cache.refresh();
    expect(cache.find('H44')).toEqual({ name: 'third' });
  });

  it('is read before a decision where the polls could not, as in a process that was stopped', async () => {
    const source = new ReferenceSource();
    let now = 0;
    const cache = new ReferenceCache(source, {}, () => now);
    await cache.refresh();
    now = 5_000;
    await cache.fresh();
    expect(source.asked).toHaveLength(1);

    source.write('H44', 1, 'Phú Thọ');
    now = 5_001;
    await cache.fresh();
    expect(cache.find('H44')).toEqual({ name: 'Phú Thọ' });

    source.away = true;
    now = 11_000;
    await expect(cache.fresh()).rejects.toThrow('away');
  });

  it('goes on serving while the database is away', async () => {
    const { source, cache } = await setUp();
    source.away = true;
    await expect(cache.refresh()).rejects.toThrow('away');
    expect(cache.ready).toBe(true);
    expect(cache.find('H44')).toEqual({ name: 'Phú Thọ' });
  });
});
