import type { DossierFact, DossierView } from '@index766/dossier-life';
import type { DossierId, Instant } from '@index766/kernel';
import fc from 'fast-check';

import type { KnownFact } from './known-fact';
import { addFacts, type LedgerEntry } from './ledger-entry';

const DOSSIER = 'H44.114-20261001-0001' as DossierId;
const TOPIC = 'dossiers.public.dossier.v1';

const finished = (sequence: number, occurredAt = sequence * 1_000): KnownFact => ({
  fact: {
    kind: 'dossier-finished', dossier: DOSSIER, occurredAt: occurredAt as Instant, recordedAt: (sequence * 1_000) as Instant,
    topic: TOPIC, sequence, timeBasis: 'stated', body: {},
  },
  knownAt: (sequence * 1_000) as Instant,
});

/** Stands for the fold: the facts that it was given, so that an entry shows what its view was made of. */
const foldedSequences = (facts: readonly DossierFact[]) =>
  ({ dossier: DOSSIER, uncounted: facts.map(({ sequence }) => ({ sequence, reason: 'impossible-in-status' })) }) as unknown as DossierView;

const add = (entry: LedgerEntry | undefined, facts: readonly KnownFact[]) => addFacts(entry, DOSSIER, facts, foldedSequences);

describe('the ledger entry of a dossier', () => {
  it('takes a fact once and calls its repetition a duplicate', () => {
    const first = add(undefined, [finished(1), finished(1)]);
    const second = add(first.entry, [finished(1)]);

    expect(first.outcomes).toEqual(['applied', 'duplicate']);
    expect(second.outcomes).toEqual(['duplicate']);
    expect(second.entry).toBe(first.entry);
  });

  it('keeps what it had when a known sequence comes with another content', () => {
    const { entry } = add(undefined, [finished(1)]);

    const again = add(entry, [finished(1, 9_999)]);

    expect(again.outcomes).toEqual(['conflict']);
    expect(again.entry).toBe(entry);
  });

  it('keeps the known instant of the first copy', () => {
    const { entry } = add(undefined, [finished(1)]);
    const later = add(entry, [{ ...finished(1), knownAt: 77_000 as Instant }]);

    expect(later.entry?.facts.map(({ knownAt }) => knownAt)).toEqual([1_000]);
  });

  it('counts a fact above a gap at once and notes the hole until it is filled', () => {
    const { entry } = add(undefined, [finished(1), finished(4)]);
    expect(entry?.holes).toEqual([{ topic: TOPIC, missing: 2 }]);

    const { entry: filled } = add(entry, [finished(3), finished(2)]);
    expect(filled?.holes).toEqual([]);
  });

  it('refuses to grow without bound', () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => finished(index + 1));
    const { entry } = add(undefined, thousand);

    expect(() => add(entry, [finished(1_001)])).toThrow('LEDGER.TOO_MANY_FACTS');
  });

  it('is the same for every order, repetition and grouping of the same facts', () => {
    const facts = [1, 2, 3, 4, 5, 6].map((sequence) => finished(sequence));
    const inOrder = add(undefined, facts).entry;
    const arrivals = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }).map((extra) => [...extra, 0, 1, 2, 3, 4, 5]);

    fc.assert(
      fc.property(arrivals.chain((each) => fc.shuffledSubarray(each, { minLength: each.length })), fc.integer({ min: 1, max: 5 }), (order, size) => {
        let entry: LedgerEntry | undefined;
        for (let from = 0; from < order.length; from += size) {
          entry = add(entry, order.slice(from, from + size).map((index) => finished(index + 1))).entry;
        }
        expect(entry).toEqual(inOrder);
      }),
      { seed: 766, numRuns: 200 },
    );
  });
});
