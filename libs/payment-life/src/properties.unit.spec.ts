import { instantOf, type Instant } from '@index766/kernel';
import * as fc from 'fast-check';
import { STATED_BY_PUSH, type PaymentFact } from './facts';
import { foldPayments } from './fold';
import { feeOwed, hasFinancialObligation, nextChangeAfter, onlinePaid, paymentStanding } from './standing';
import { factsOf, october, type Told } from './test/payment-facts';

const RUNS = { seed: 766, numRuns: 400 };

const instant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 20 }).map((hours) => instantOf(october('05 00:00') + hours * 3_600_000));
const amount = fc.integer({ min: 0, max: 4 }).map((tens) => tens * 10);
const positive = amount.map((value) => value + 10);
const fee = fc.constantFrom('LP-01', 'LP-02');
const key = fc.constantFrom(
  { provider: 'bank-a', reference: 'R-1' }, { provider: 'bank-a', reference: 'R-2' }, { provider: 'bank-b', reference: 'R-1' },
  { provider: STATED_BY_PUSH, reference: 'national-portal' },
);
const channel = fc.constantFrom('national-portal' as const, 'province-gateway' as const, 'cash' as const);
const refund = fc.constantFrom('F-1', 'F-2', 'F-3');

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(fc.constant('fee-assessed' as const), instant, fc.record({ fee, amount })),
  fc.tuple(fc.constant('fee-waived' as const), instant, fc.record({ fee, amount: positive }, { requiredKeys: ['fee'] })),
  fc.tuple(fc.constant('payment-requested' as const), instant, fc.tuple(key, positive).map(([of, asked]) => ({ ...of, amount: asked }))),
  fc.tuple(fc.constant('payment-succeeded' as const), instant, fc.tuple(key, channel, positive).map(([of, on, paid]) => ({ ...of, channel: on, amount: paid }))),
  fc.tuple(fc.constant('payment-failed' as const), instant, key),
  fc.tuple(fc.constant('payment-refunded' as const), instant, fc.tuple(key, refund, positive).map(([of, id, back]) => ({ ...of, refund: id, amount: back }))),
);
const facts: fc.Arbitrary<readonly PaymentFact[]> = fc.array(told, { maxLength: 14 }).map((each) => factsOf(...each));
const shuffled = facts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })));

describe('the money of a dossier', () => {
  it('folds to the same bytes in any order of its facts', () => {
    fc.assert(fc.property(shuffled, ([all, other]) => {
      expect(JSON.stringify(foldPayments(other))).toBe(JSON.stringify(foldPayments(all)));
    }), RUNS);
  });

  it('leaves a payment out of 3.6 by a full refund and changes nothing else', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const view = foldPayments(all);
      const paid = view.payments.filter(({ succeededAt, fullyRefundedAt }) => succeededAt !== null && fullyRefundedAt === null);
      const refunds = factsOf(...all.map(({ kind, occurredAt, body }) => [kind, occurredAt, body] as Told), ...paid.map(
        ({ provider, reference }): Told => ['payment-refunded', at, { provider, reference, refund: 'ALL' }],
      ));
      const after = foldPayments(refunds);
      const end = october('31 00:00');
      expect([onlinePaid(after, end), feeOwed(after, end), hasFinancialObligation(after, end)])
        .toEqual([false, feeOwed(view, end), hasFinancialObligation(view, end)]);
      expect(feeOwed(after, at)).toBe(feeOwed(view, at));
      expect(onlinePaid(after, at)).toBe(onlinePaid(view, at));
    }), RUNS);
  });

  it('moves what is owed by a corrected fee, and nothing else', () => {
    fc.assert(fc.property(facts, fee, amount, (all, code, corrected) => {
      const more = factsOf(...all.map(({ kind, occurredAt, body }) => [kind, occurredAt, body] as Told), ['fee-assessed', october('05 12:00'), { fee: code, amount: corrected }]);
      const [before, after] = [foldPayments(all), foldPayments(more)];
      expect(after.payments).toEqual(before.payments);
      expect(after.fees.filter((each) => each.fee !== code)).toEqual(before.fees.filter((each) => each.fee !== code));
      expect(after.fees.find((each) => each.fee === code)?.amount).toBe(corrected);
    }), RUNS);
  });

  it('stands still between two changes', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const view = foldPayments(all);
      const next = nextChangeAfter(view, at) ?? october('31 00:00');
      expect(paymentStanding(view, next)).toEqual(paymentStanding(view, instantOf(at + 1)));
    }), RUNS);
  });

  it('never owes less than nothing, and is an obligation wherever it was paid online', () => {
    fc.assert(fc.property(facts, instant, (all, at) => {
      const { feeOwed: owed, hasFinancialObligation: obliged, onlinePaid: paid } = paymentStanding(foldPayments(all), at);
      expect(owed).toBeGreaterThanOrEqual(0);
      expect(paid && !obliged).toBe(false);
    }), RUNS);
  });
});
