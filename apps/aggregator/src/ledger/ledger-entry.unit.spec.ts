import type { Instant } from '@index766/kernel';
import fc from 'fast-check';

import type { KnownFact, LedgerFact } from './known-fact';
import { addFacts, type LedgerEntry } from './ledger-entry';
import type { FoldedBefore } from './ledger-subject';

const DOSSIER = 'H44.114-20261001-0001';
const TOPIC = 'dossiers.public.dossier.v1';
const OTHER_TOPIC = 'payments.public.payment.v1';

const finished = (sequence: number, occurredAt = sequence * 1_000, topic = TOPIC): KnownFact => ({
  fact: {
    kind: 'dossier-finished', occurredAt: occurredAt as Instant, recordedAt: (sequence * 1_000) as Instant, topic, sequence,
    timeBasis: 'stated', body: {},
  },
  knownAt: (sequence * 1_000) as Instant,
});

/** Stands for a view: the facts that it was made of. */
type Sequences = readonly string[];
const sequencesOf = (facts: readonly LedgerFact[]): Sequences => facts.map(({ topic, sequence }) => `${topic} ${sequence}`);

const add = (entry: LedgerEntry<Sequences> | undefined, facts: readonly KnownFact[]) =>
  addFacts(entry, DOSSIER, facts, { fold: (_, all) => sequencesOf(all) });

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

  it('has facts of several topics, each with sequences and holes of its own', () => {
    const { entry, outcomes } = add(undefined, [finished(2, 1, OTHER_TOPIC), finished(1), finished(2), finished(2, 1, OTHER_TOPIC)]);

    expect(outcomes).toEqual(['applied', 'applied', 'applied', 'duplicate']);
    expect(entry?.view).toEqual([`${TOPIC} 1`, `${TOPIC} 2`, `${OTHER_TOPIC} 2`]);
    expect(entry?.holes).toEqual([{ topic: OTHER_TOPIC, missing: 1 }]);
  });

  it('tells the fold what it had before and which topics brought something', () => {
    const { entry } = add(undefined, [finished(1)]);
    const told: (FoldedBefore<Sequences> | undefined)[] = [];
    const fold = (_: string, facts: readonly LedgerFact[], before?: FoldedBefore<Sequences>) => {
      told.push(before);
      return sequencesOf(facts);
    };

    addFacts(undefined, DOSSIER, [finished(1)], { fold });
    addFacts(entry, DOSSIER, [finished(1), finished(1, 1, OTHER_TOPIC)], { fold });

    expect(told).toEqual([undefined, { view: entry?.view, topics: new Set([OTHER_TOPIC]) }]);
  });

  it('refuses to grow without bound', () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => finished(index + 1));
    const { entry } = add(undefined, thousand);

    expect(() => add(entry, [finished(1_001)])).toThrow('LEDGER.TOO_MANY_FACTS');
  });

  it('is the same for every order, repetition and grouping of the same facts', () => {
    const facts = [1, 2, 3, 4, 5, 6].map((sequence) => finished(sequence, 1, sequence > 4 ? OTHER_TOPIC : TOPIC));
    const inOrder = add(undefined, facts).entry;
    const arrivals = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 20 }).map((extra) => [...extra, 0, 1, 2, 3, 4, 5]);

    fc.assert(
      fc.property(arrivals.chain((each) => fc.shuffledSubarray(each, { minLength: each.length })), fc.integer({ min: 1, max: 5 }), (order, size) => {
        let entry: LedgerEntry<Sequences> | undefined;
        for (let from = 0; from < order.length; from += size) {
          entry = add(entry, order.slice(from, from + size).flatMap((index) => facts[index] ?? [])).entry;
        }
        expect(entry).toEqual(inOrder);
      }),
      { seed: 766, numRuns: 200 },
    );
  });
});
