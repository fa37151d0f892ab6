import { dossierTopic } from '@index766/contracts-dossiers';
import type { CaseView } from '@index766/index-766';
import { instantOf } from '@index766/kernel';

import { InMemoryLedger } from '../test/in-memory-ports';
import { CASES } from './cases';
import type { KnownFact } from './known-fact';
import type { FencedEntry } from './ledger';
import { addFacts } from './ledger-entry';
import { RecentEntries } from './recent-entries';

class CountingLedger extends InMemoryLedger<CaseView> {
  readonly asked: (readonly string[])[] = [];
  isAway = false;

  override findMany(ids: readonly string[]): Promise<ReadonlyMap<string, FencedEntry<CaseView>>> {
    this.asked.push(ids);
    return super.findMany(ids);
  }

  override async saveMany(entries: readonly FencedEntry<CaseView>[]): Promise<ReadonlySet<string>> {
    const lost = await super.saveMany(entries);
    if (this.isAway) throw new Error('connection lost');
    return lost;
  }
}

const received = (sequence: number): KnownFact => ({
  fact: {
    topic: dossierTopic.name, sequence, kind: 'dossier-received', occurredAt: instantOf(1), recordedAt: instantOf(1), timeBasis: 'stated',
    body: { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true },
  },
  knownAt: instantOf(1),
});

/** An entry of so many facts that was read at a revision. */
function entryAt(id: string, facts: number, rev: number): FencedEntry<CaseView> {
  const { entry } = addFacts(undefined, id, Array.from({ length: facts }, (_, index) => received(index + 1)), CASES);
  if (entry === undefined) throw new Error('no facts');
  return { entry, rev, partition: 0 };
}

const given = () => {
  const ledger = new CountingLedger(CASES);
  return { ledger, recent: new RecentEntries(ledger, 5) };
};

describe('entries that were written last', () => {
  it('are not read again, at the revision that was written', async () => {
    const { ledger, recent } = given();
    await recent.saveMany([entryAt('A', 1, 0)]);

    const found = await recent.findMany(['A']);

    expect([found.get('A')?.rev, ledger.asked]).toEqual([1, []]);
  });

  it('are completed by one query for the others', async () => {
    const { ledger, recent } = given();
    ledger.entries.set('B', entryAt('B', 1, 4));
    await recent.saveMany([entryAt('A', 1, 0)]);

    const found = await recent.findMany(['B', 'A', 'C']);

    expect([[...found].map(([id, { rev }]) => [id, rev]).sort(), ledger.asked]).toEqual([[['A', 1], ['B', 4]], [['B', 'C']]]);
  });

  it('are read again when another writer was faster', async () => {
    const { ledger, recent } = given();
    await recent.saveMany([entryAt('A', 1, 0)]);
    ledger.entries.set('A', entryAt('A', 3, 2));
    const [mine] = (await recent.findMany(['A'])).values();

    expect(await recent.saveMany(mine === undefined ? [] : [mine])).toEqual(new Set(['A']));
    const found = await recent.findMany(['A']);

    expect([found.get('A')?.rev, found.get('A')?.entry.facts.length]).toEqual([2, 3]);
  });

  it('are read again when nobody knows what became of the write', async () => {
    const { ledger, recent } = given();
    await recent.saveMany([entryAt('A', 1, 0)]);
    ledger.isAway = true;
    await expect(recent.saveMany([entryAt('A', 2, 1)])).rejects.toThrow('connection lost');

    const found = await recent.findMany(['A']);

    expect([found.get('A')?.rev, ledger.asked]).toEqual([2, [['A']]]);
  });

  it('stay the later ones when the answer to an earlier write comes late', async () => {
    const { ledger, recent } = given();
    let answer: () => void = () => undefined;
    const save = ledger.saveMany.bind(ledger);
    ledger.saveMany = async (entries) => {
      const lost = await save(entries);
      await new Promise<void>((resolve) => { answer = resolve; });
      return lost;
    };
    const early = recent.saveMany([entryAt('A', 1, 0)]);
    await Promise.resolve();
    ledger.saveMany = save;
    await recent.saveMany([entryAt('A', 2, 1)]);

    answer();
    await early;

    expect((await recent.findMany(['A'])).get('A')).toMatchObject({ rev: 2 });
  });

  it('are let go when they hold more facts than may be in memory, those of long ago first', async () => {
    const { ledger, recent } = given();
    await recent.saveMany([entryAt('A', 2, 0), entryAt('B', 2, 0)]);
    await recent.saveMany([entryAt('A', 2, 1)]);
    await recent.saveMany([entryAt('C', 3, 0)]);

    await recent.findMany(['A', 'B', 'C']);

    expect(ledger.asked).toEqual([['B']]);
  });

  it('are forgotten when others may have written them', async () => {
    const { ledger, recent } = given();
    await recent.saveMany([entryAt('A', 1, 0)]);

    recent.forgetAll();
    await recent.findMany(['A']);

    expect(ledger.asked).toEqual([['A']]);
  });
});
