import { instantOf, type Instant } from '@index766/kernel';
import { STATED_BY_PUSH } from './facts';
import { foldPayments } from './fold';
import { feeOwed, hasFinancialObligation, hasPaidOnline, nextChangeAfter, onlinePaid, paymentStanding, paymentsIn, stillOwed } from './standing';
import { factsOf, october, type Told } from './test/payment-facts';

const key = { provider: 'bank-a', reference: 'R-1' };
const flag = { provider: STATED_BY_PUSH, reference: 'national-portal' };
const assessed = (amount: number, at = october('05 08:30')): Told => ['fee-assessed', at, { fee: 'LP-01', amount }];
const succeeded = (at: Instant, amount = 100): Told => ['payment-succeeded', at, { ...key, channel: 'national-portal', amount }];
const refunded = (at: Instant, refund: string, amount?: number): Told => ['payment-refunded', at, { ...key, refund, ...(amount === undefined ? {} : { amount }) }];
const flagged = (at = october('05 08:30')): Told => ['payment-succeeded', at, { ...flag, channel: 'national-portal' }];

const viewOf = (...told: readonly Told[]) => foldPayments(factsOf(...told));
const after = (at: Instant): Instant => instantOf(at + 1);

describe('a fee', () => {
  it('is owed from its assessment on, whether it was paid or not', () => {
    const view = viewOf(assessed(8_000), succeeded(october('06 09:00'), 8_000));
    expect([feeOwed(view, october('05 08:30')), feeOwed(view, after(october('05 08:30'))), feeOwed(view, october('31 00:00'))]).toEqual([0, 8_000, 8_000]);
  });

  it('that is corrected holds in its last amount from the first assessment on', () => {
    const view = viewOf(assessed(8_000), assessed(0, october('09 10:00')));
    expect(feeOwed(view, october('06 00:00'))).toBe(0);
    expect(feeOwed(viewOf(assessed(8_000), assessed(10_000, october('09 10:00'))), october('06 00:00'))).toBe(10_000);
  });

  it('that is waived in part is owed in the rest, from the instant of the waiver on', () => {
    const view = viewOf(assessed(8_000), ['fee-waived', october('07 10:00'), { fee: 'LP-01', amount: 3_000 }]);
    expect([feeOwed(view, october('07 10:00')), feeOwed(view, after(october('07 10:00')))]).toEqual([8_000, 5_000]);
  });

  it('that is waived as a whole stays waived when it is corrected', () => {
    const view = viewOf(assessed(8_000), ['fee-waived', october('07 10:00'), { fee: 'LP-01' }], assessed(9_000));
    expect([feeOwed(view, october('07 10:00')), feeOwed(view, october('08 00:00'))]).toEqual([9_000, 0]);
  });

  it('that is waived beyond its amount is not owed, and adds nothing to others', () => {
    const view = viewOf(
      assessed(8_000), ['fee-waived', october('07 10:00'), { fee: 'LP-01', amount: 9_000 }], ['fee-assessed', october('05 08:30'), { fee: 'LP-02', amount: 500 }],
    );
    expect(feeOwed(view, october('31 00:00'))).toBe(500);
  });

  it('that was never assessed cannot be waived', () => {
    expect(viewOf(['fee-waived', october('07 10:00'), { fee: 'LP-01' }])).toEqual({ fees: [], payments: [] });
  });
});

describe('what is still to be paid', () => {
  const END = october('31 00:00');

  it('is the fee less what was paid on any channel and not given back, from their own instants on', () => {
    const view = viewOf(assessed(8_000), succeeded(october('06 09:00'), 5_000), refunded(october('08 09:00'), 'B-1', 1_000));
    expect([october('06 09:00'), after(october('06 09:00')), after(october('08 09:00'))].map((at) => stillOwed(view, at))).toEqual([8_000, 3_000, 4_000]);
    expect(stillOwed(viewOf(assessed(8_000), ['payment-succeeded', october('06 09:00'), { ...key, channel: 'cash', amount: 8_000 }]), END)).toBe(0);
  });

  it('is all of it after a full refund, and nothing after a payment of unknown amount or beyond the fee', () => {
    expect(stillOwed(viewOf(assessed(8_000), succeeded(october('06 09:00'), 8_000), refunded(october('08 09:00'), 'B-1')), END)).toBe(8_000);
    expect(stillOwed(viewOf(assessed(8_000), flagged()), END)).toBe(0);
    expect(stillOwed(viewOf(assessed(8_000), succeeded(october('06 09:00'), 9_000)), END)).toBe(0);
  });
});

describe('an online payment', () => {
  it('counts from its success on; being asked for or failing is none', () => {
    const view = viewOf(['payment-requested', october('05 09:00'), { ...key, amount: 100 }], ['payment-failed', october('05 09:05'), key], succeeded(october('06 09:00')));
    expect([onlinePaid(view, october('06 09:00')), onlinePaid(view, after(october('06 09:00')))]).toEqual([false, true]);
    expect(onlinePaid(viewOf(['payment-requested', october('05 09:00'), { ...key, amount: 100 }]), october('31 00:00'))).toBe(false);
  });

  it('stands when its provider reports a failure afterwards', () => {
    expect(onlinePaid(viewOf(succeeded(october('06 09:00')), ['payment-failed', october('06 10:00'), key]), october('31 00:00'))).toBe(true);
  });

  it('counts from the earliest of several reports', () => {
    expect(onlinePaid(viewOf(succeeded(october('07 09:00')), succeeded(october('06 09:00'))), october('06 12:00'))).toBe(true);
  });

  it('in cash is none, and no obligation by itself', () => {
    const view = viewOf(['payment-succeeded', october('06 09:00'), { provider: 'cash-desk', reference: '17', channel: 'cash', amount: 100 }]);
    expect(paymentStanding(view, october('31 00:00'))).toEqual({ feeOwed: 0, hasFinancialObligation: false, hasPaidOnline: false, onlinePaid: false });
    expect(paymentsIn(view, october('01 00:00'), october('31 00:00'))).toEqual({ online: 0, all: 1 });
  });

  it('is counted in the period of its success, refunded or not', () => {
    const view = viewOf(succeeded(october('06 09:00')), refunded(october('07 09:00'), 'F-1'));
    expect(paymentsIn(view, october('06 09:00'), october('06 10:00'))).toEqual({ online: 1, all: 1 });
    expect(paymentsIn(view, october('01 00:00'), october('06 09:00'))).toEqual({ online: 0, all: 0 });
  });
});

describe('a refund', () => {
  it('of all takes the payment out from its instant on, and keeps the obligation', () => {
    const view = viewOf(succeeded(october('06 09:00')), refunded(october('08 09:00'), 'F-1', 100));
    expect([onlinePaid(view, october('08 09:00')), onlinePaid(view, after(october('08 09:00')))]).toEqual([true, false]);
    expect([hasPaidOnline(view, october('31 00:00')), hasFinancialObligation(view, october('31 00:00'))]).toEqual([true, true]);
  });

  it('in parts takes it out when nothing is left', () => {
    const view = viewOf(succeeded(october('06 09:00')), refunded(october('09 09:00'), 'F-2', 60), refunded(october('08 09:00'), 'F-1', 40));
    expect([onlinePaid(view, october('09 09:00')), onlinePaid(view, after(october('09 09:00')))]).toEqual([true, false]);
    expect(onlinePaid(viewOf(succeeded(october('06 09:00')), refunded(october('08 09:00'), 'F-1', 99)), october('31 00:00'))).toBe(true);
  });

  it('that is reported twice is one', () => {
    const view = viewOf(succeeded(october('06 09:00')), refunded(october('08 09:00'), 'F-1', 50), refunded(october('08 09:00'), 'F-1', 50));
    expect(onlinePaid(view, october('31 00:00'))).toBe(true);
  });

  it('of a payment that is not known is kept without effect until it is', () => {
    const early = refunded(october('08 09:00'), 'F-1');
    expect(onlinePaid(viewOf(early), october('31 00:00'))).toBe(false);
    const view = viewOf(early, succeeded(october('06 09:00')));
    expect([onlinePaid(view, october('08 09:00')), onlinePaid(view, october('31 00:00'))]).toEqual([true, false]);
  });
});

describe('what a push states', () => {
  it('counts as an online payment until the payment is known by its reference', () => {
    expect(onlinePaid(viewOf(flagged()), october('06 00:00'))).toBe(true);
    expect(onlinePaid(viewOf(flagged(), succeeded(october('07 09:00'))), october('06 00:00'))).toBe(false);
    expect(paymentsIn(viewOf(flagged(), succeeded(october('07 09:00'))), october('01 00:00'), october('31 00:00'))).toEqual({ online: 1, all: 1 });
  });

  it('does not keep a payment alive that was refunded under its reference', () => {
    const view = viewOf(flagged(), succeeded(october('07 09:00')), refunded(october('08 09:00'), 'F-1'));
    expect([onlinePaid(view, october('08 00:00')), onlinePaid(view, october('31 00:00'))]).toEqual([true, false]);
  });

  it('of another channel is another payment', () => {
    const gateway: Told = ['payment-succeeded', october('07 09:00'), { ...key, channel: 'province-gateway', amount: 100 }];
    expect(paymentsIn(viewOf(flagged(), gateway), october('01 00:00'), october('31 00:00'))).toEqual({ online: 2, all: 2 });
  });

  it('is taken back by a later push, and said again by a still later one', () => {
    const takenBack: Told = ['payment-failed', october('05 08:30'), flag];
    expect(hasFinancialObligation(viewOf(flagged(), takenBack), october('31 00:00'))).toBe(false);
    expect(onlinePaid(viewOf(flagged(), takenBack, flagged()), october('31 00:00'))).toBe(true);
  });

  it('can be refunded as a whole, for its amount is not known', () => {
    const whole: Told = ['payment-refunded', october('08 09:00'), { ...flag, refund: 'F-1' }];
    const part: Told = ['payment-refunded', october('08 09:00'), { ...flag, refund: 'F-2', amount: 10 }];
    expect([onlinePaid(viewOf(flagged(), part), october('31 00:00')), onlinePaid(viewOf(flagged(), part, whole), october('31 00:00'))]).toEqual([true, false]);
  });
});

describe('the next change', () => {
  it('is the first instant after which an answer may differ', () => {
    const view = viewOf(assessed(8_000), succeeded(october('06 09:00')), refunded(october('08 09:00'), 'F-1'), ['fee-waived', october('07 10:00'), { fee: 'LP-01' }]);
    const changes: Instant[] = [];
    for (let at: Instant | null = instantOf(0); at !== null; at = nextChangeAfter(view, at)) changes.push(at);
    expect(changes.slice(1)).toEqual(['05 08:30', '06 09:00', '07 10:00', '08 09:00'].map(october));
  });
});
