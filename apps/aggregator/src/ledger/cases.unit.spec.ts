import { decisionTopic, integrityChangeReviewedV1 } from '@index766/contracts-aggregator';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { foldDossier, unknownDossier } from '@index766/dossier-life';
import type { DossierId, Instant, UnitCode } from '@index766/kernel';
import { lifeStory } from '@index766/testing-unit';
import fc from 'fast-check';

import { CASES } from './cases';
import type { KnownFact, LedgerFact } from './known-fact';
import { addFacts, type LedgerEntry } from './ledger-entry';

const DOSSIER = 'H44.114-20261001-0001';
const at = 1_790_000_000_000 as Instant;
const story = lifeStory(DOSSIER).received('2026-10-05 08:00').due('2026-10-05 08:00', '2026-10-07 24:00').finished('2026-10-06 10:00').facts();
const fact = ({ name }: { readonly name: string }, sequence: number, kind: string, body: object): LedgerFact =>
  ({ topic: name, sequence, kind, occurredAt: at, recordedAt: at, timeBasis: 'stated', body });

const dossierFacts: readonly LedgerFact[] = story.map(({ kind, topic, sequence, occurredAt, recordedAt, timeBasis, body }) =>
  ({ kind, topic, sequence, occurredAt, recordedAt, timeBasis, body }));
const FACTS: readonly LedgerFact[] = [
  ...dossierFacts,
  fact(paymentTopic, 1, 'fee-assessed', { fee: 'LP01', amount: 50_000 }),
  fact(paymentTopic, 2, 'payment-succeeded', { provider: 'bank-a', reference: 'r1', channel: 'national-portal', amount: 50_000 }),
  fact(paymentTopic, 3, 'payment-refunded', { provider: 'bank-a', reference: 'r1', refund: 'b1', amount: 50_000 }),
  fact(documentTopic, 1, 'component-digitised', { component: 'KQ.G01.000001' }),
  fact(documentTopic, 2, 'result-signed', { result: 'GKS-1' }),
  fact(dossierFeedbackTopic, 1, 'dossier-rated', { rating: 'r-1', verdict: 2 }),
  fact(dossierFeedbackTopic, 2, 'rating-withdrawn', { rating: 'r-1' }),
];

describe('the case of a dossier', () => {
  it('reads the topics of everybody who speaks of dossiers', () => {
    expect(CASES.topics.map(({ name }) => name)).toEqual([dossierTopic, paymentTopic, documentTopic, dossierFeedbackTopic, decisionTopic].map(({ name }) => name));
    expect(new Set(CASES.topics.filter(({ name }) => name !== decisionTopic.name).map(({ keyedBy }) => keyedBy))).toEqual(new Set(['dossier id']));
  });

  it('reads of decisions the reviews of its changes alone', () => {
    const about = (topic: string, type: string) => CASES.isAbout?.(topic, { kind: type.split('.')[1] ?? '' });
    expect(decisionTopic.facts.filter(({ type }) => about(decisionTopic.name, type))).toEqual([integrityChangeReviewedV1]);
    expect(dossierTopic.facts.every(({ type }) => about(dossierTopic.name, type))).toBe(true);
  });

  it('keeps what is known before the dossier, which counts nowhere until it comes', () => {
    const money = CASES.fold(DOSSIER, FACTS.filter(({ topic }) => topic === paymentTopic.name));
    expect(money.dossier).toEqual(unknownDossier(DOSSIER as DossierId));
    expect(money.payments.fees).toHaveLength(1);
    expect([...CASES.unitsOf(money)]).toEqual([]);

    const whole = CASES.fold(DOSSIER, FACTS);
    expect(whole.payments).toEqual(money.payments);
    expect(whole.dossier).toEqual(foldDossier(story));
    expect(whole.documents.resultSignedAt).toBe(at);
    expect(whole.feedback.ratings).toEqual([]);
    expect([...CASES.unitsOf(whole)]).toEqual(whole.dossier.holders.map(({ unit }): UnitCode => unit));
  });

  it('keeps the parts of which a batch says nothing as they are', () => {
    const before = CASES.fold(DOSSIER, FACTS);
    const view = CASES.fold(DOSSIER, FACTS, { view: before, topics: new Set([paymentTopic.name]) });
    expect(view).toEqual(before);
    expect(view.dossier).toBe(before.dossier);
    expect(view.documents).toBe(before.documents);
    expect(view.payments).not.toBe(before.payments);
  });

  it('comes back from its stored form, sharing what nobody spoke of', () => {
    for (const view of [CASES.fold(DOSSIER, FACTS), CASES.fold(DOSSIER, dossierFacts)]) {
      expect(CASES.toView(JSON.parse(JSON.stringify(CASES.toStored(view))) as object)).toEqual(view);
    }
    const [one, other] = [CASES.fold('A', dossierFacts), CASES.toView(CASES.toStored(CASES.fold('B', dossierFacts)))];
    expect(one.payments).toBe(other.payments);
  });

  it('is the same for every order, repetition and grouping of facts over all topics', () => {
    const inOrder = addFacts(undefined, DOSSIER, FACTS.map(known), CASES).entry;
    const all = FACTS.map((_, index) => index);
    const arrivals = fc.array(fc.integer({ min: 0, max: FACTS.length - 1 }), { maxLength: 10 }).map((extra) => [...extra, ...all]);

    fc.assert(fc.property(arrivals.chain((each) => fc.shuffledSubarray(each, { minLength: each.length })), fc.integer({ min: 1, max: 5 }), (order, size) => {
      let entry: LedgerEntry<ReturnType<typeof CASES.fold>> | undefined;
      for (let from = 0; from < order.length; from += size) {
        const facts = order.slice(from, from + size).flatMap((index) => FACTS[index] ?? []);
        entry = addFacts(entry, DOSSIER, facts.map(known), CASES).entry;
      }
      expect(entry).toEqual(inOrder);
    }), { seed: 766, numRuns: 200 });
  });
});

function known(fact: LedgerFact): KnownFact {
  return { fact, knownAt: fact.recordedAt };
}
