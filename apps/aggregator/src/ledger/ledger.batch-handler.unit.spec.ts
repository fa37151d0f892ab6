import { dossierTopic } from '@index766/contracts-dossiers';
import type { CaseView } from '@index766/index-766';
import { instantOf, type Instant } from '@index766/kernel';

import { InMemoryLedger } from '../test/in-memory-ports';
import { mendedIn, type ArrivalNotes } from './arrival-notes';
import { CASES } from './cases';
import type { ArrivedFact } from './fact-reader';
import type { KnownFact } from './known-fact';
import type { FencedEntry } from './ledger';
import { LedgerBatchHandler } from './ledger.batch-handler';

const DOSSIER = 'H44.1-1';
const FOLLOWS_NOBODY = { assigned: () => Promise.resolve(), revoked: () => undefined, saved: () => Promise.resolve() };

const arrived = (sequence: number, knownAt: number): ArrivedFact => {
  const body = sequence === 1 ? { unit: 'H44.1', procedure: '2.000815', channel: 'online', source: 'specs', pushed: true } : {};
  const kind = sequence === 1 ? 'dossier-received' : 'dossier-finished';
  const known: KnownFact = {
    fact: { topic: dossierTopic.name, sequence, kind, occurredAt: instantOf(1), recordedAt: instantOf(1), timeBasis: 'stated', body }, knownAt: instantOf(knownAt),
  };
  return { id: DOSSIER, known, partition: 0 };
};

/** Its member does not live to hear that something was saved. */
class DyingLedger extends InMemoryLedger<CaseView> {
  isDying = false;

  override async saveMany(entries: readonly FencedEntry<CaseView>[]): Promise<ReadonlySet<string>> {
    const lost = await super.saveMany(entries);
    if (this.isDying) throw new Error('CRASHED');
    return lost;
  }
}

describe('the note of a missing record that came late', () => {
  it('is there before the hole is gone, whatever a crash leaves undone', async () => {
    const ledger = new DyingLedger(CASES);
    const mended = new Map<string, Instant>();
    const notes: ArrivalNotes = {
      takeMended: (entries) => {
        for (const [root, at] of mendedIn(entries)) mended.set(root, at);
        return Promise.resolve();
      },
      take: () => Promise.resolve(),
      takeSaid: () => Promise.resolve(),
    };
    const handler = new LedgerBatchHandler(CASES, ledger, FOLLOWS_NOBODY, notes);
    const take = async (item: ArrivedFact) => {
      const before = (await handler.load([DOSSIER])).get(DOSSIER);
      const { document } = handler.fold(before, [item]);
      if (document !== undefined) await handler.save(new Map([[DOSSIER, document]]));
    };
    await take(arrived(2, 10));
    expect([(await ledger.factsWithHoles()).length, [...mended]]).toEqual([1, []]);

    ledger.isDying = true;
    await expect(take(arrived(1, 20))).rejects.toThrow('CRASHED');

    expect([(await ledger.factsWithHoles()).length, [...mended]]).toEqual([0, [['H44', 20]]]);
  });
});
