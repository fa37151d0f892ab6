import { CASH_DESK, STATED_BY_PUSH, foldPayments, onlinePaid, type PaymentFact } from '@index766/payment-life';
import { instantOf, type Instant, type UnitCode } from '@index766/kernel';
import * as fc from 'fast-check';
import { DOSSIER, eventOf, failureOf, intakeOf, knownDossier, october, refundOf } from '../test/arrivals';
import { decideCommand, type PaymentCommand } from './payment-command';
import { VERDICTS, statusOf, type PaymentStatus } from './payment-table';
import { emptyPayments, unchanged, type PaymentsChange, type PaymentsState } from './payments-state';
import type { ProviderEvent, ProviderEventKind } from './provider-event';
import { MAX_PARKED, takeEvent } from './take-event';
import { takeIntake } from './take-intake';
import { takeUnit } from './take-unit';

const NOW = october('20 12:00');

const taken = (state: PaymentsState, event: ProviderEvent, now: Instant = NOW) => {
  const result = takeEvent(state, event, now);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const after = (...events: readonly ProviderEvent[]): PaymentsState => events.reduce((state, event) => taken(state, event).change.state, knownDossier().state);
const commanded = (state: PaymentsState, command: PaymentCommand): PaymentsState => {
  const decided = decideCommand(state, command, NOW);
  if (!decided.ok) throw new Error(decided.error.code);
  return decided.value.state;
};
const ask = (amount: number): PaymentCommand => ({ command: 'request-payment', provider: 'bank-a', reference: 'R-1', amount, occurredAt: october('06 08:00') });

/** What a fact says, without what recording adds. */
const contentOf = ({ kind, occurredAt, body }: PaymentFact) => JSON.stringify([kind, occurredAt, body]);
const contentsOf = ({ facts }: PaymentsState) => facts.map(contentOf).sort();

const STATES: Readonly<Record<PaymentStatus, () => PaymentsState>> = {
  unknown: () => knownDossier().state,
  requested: () => commanded(knownDossier().state, ask(8_000)),
  failed: () => after(failureOf()),
  succeeded: () => after(eventOf()),
  'partly-refunded': () => after(eventOf(), refundOf({ amount: 3_000 })),
  refunded: () => after(eventOf(), refundOf()),
};
const EVENTS: Readonly<Record<ProviderEventKind, () => ProviderEvent>> = {
  'payment-succeeded': () => eventOf({ event: 'NEW', at: '07 10:00' }),
  'payment-failed': () => failureOf({ event: 'NEW', at: '07 10:00' }),
  'payment-refunded': () => refundOf({ event: 'NEW', refund: 'NEW', amount: 1_000, at: '09 10:00' }),
};
const STATUSES = Object.keys(STATES) as readonly PaymentStatus[];
const KINDS = Object.keys(EVENTS) as readonly ProviderEventKind[];

describe.each(STATUSES)('of a payment that is %s', (status) => {
  it.each(KINDS)('the event %s does what the table says', (kind) => {
    const state = STATES[status]();
    expect(statusOf(foldPayments(state.facts).payments[0])).toBe(status);
    const { outcome, change } = taken(state, EVENTS[kind]());
    const verdict = VERDICTS[status][kind];

    expect(outcome).toEqual(verdict === 'record' ? { outcome: 'applied' } : { outcome: 'parked', reason: verdict });
    expect(change.facts.map((fact) => fact.kind)).toEqual(verdict === 'record' ? [kind] : []);
    expect(change.state.parked).toHaveLength(verdict === 'record' ? 0 : 1);
  });
});

describe('an event', () => {
  it('that is known by its id, or by what it says, leads to nothing new', () => {
    const state = after(eventOf());
    for (const event of [eventOf(), eventOf({ event: 'OTHER' })]) {
      expect(taken(state, event)).toMatchObject({ outcome: { outcome: 'repeated' }, change: { facts: [] } });
    }
    expect(taken(state, eventOf()).change.state).toBe(state);
  });

  it('under a known id with another content is refused, parked or not', () => {
    expect(takeEvent(after(eventOf()), eventOf({ amount: 9_000 }), NOW)).toMatchObject({ ok: false, error: { code: 'PAYMENT.EVENT_CONFLICT' } });
    expect(takeEvent(after(refundOf()), refundOf({ amount: 1 }), NOW)).toMatchObject({ ok: false, error: { code: 'PAYMENT.EVENT_CONFLICT' } });
  });

  it('of the same id of another provider is another event', () => {
    expect(taken(after(eventOf()), eventOf({ provider: 'bank-b' })).outcome).toEqual({ outcome: 'applied' });
  });

  it('with an amount that was not asked for waits, and the right one is applied', () => {
    const asked = commanded(knownDossier().state, ask(8_000));
    const waiting = taken(asked, eventOf({ amount: 7_000 }));
    expect(waiting).toMatchObject({ outcome: { outcome: 'parked', reason: 'AMOUNT_MISMATCH' }, change: { facts: [] } });
    expect(taken(waiting.change.state, eventOf({ event: 'E-9' })).outcome).toEqual({ outcome: 'applied' });
  });

  const assessed = (...fees: readonly (readonly [code: string, amount: number])[]): PaymentsState =>
    fees.reduce((state, [fee, amount]) => commanded(state, { command: 'assess-fee', fee, amount }), knownDossier().state);
  const assessedBefore = (): PaymentsState => ['LP-01', 'LP-02'].reduce(
    (state, fee, index) => commanded(state, { command: 'assess-fee', fee, amount: [8_000, 500][index] ?? 0, occurredAt: october('05 08:30') }), knownDossier().state,
  );
  const waived = (day: string, amount?: number): PaymentsState => commanded(assessedBefore(), {
    command: 'waive-fee', fee: 'LP-01', reasonCode: 'POOR', occurredAt: october(`${day} 10:00`), ...(amount === undefined ? {} : { amount }),
  });
  it.each<[string, () => PaymentsState, readonly number[], readonly number[]]>([
    ['where no fee is known', () => knownDossier().state, [1, 8_000], []],
    ['of one fee', () => assessed(['LP-01', 8_000]), [8_000], [1, 7_999, 8_001, 16_000]],
    ['of one of two fees or of both', () => assessed(['LP-01', 8_000], ['LP-02', 500]), [500, 8_000, 8_500], [499, 7_500, 8_499, 9_000]],
    ['of a fee that costs nothing', () => assessed(['LP-01', 0]), [8_000], []],
    ['after a part was waived', () => waived('05', 3_000), [500, 5_000, 5_500], [8_000, 8_500]],
    ['before a part was waived', () => waived('07', 3_000), [500, 8_000, 8_500], [5_000, 5_500]],
    ['after one of two was waived', () => waived('05'), [500], [8_000, 8_500]],
  ])('that pays is of an amount that the fees come to: %s', (_, given, right, wrong) => {
    for (const amount of right) expect([amount, taken(given(), eventOf({ amount })).outcome]).toEqual([amount, { outcome: 'applied' }]);
    for (const amount of wrong) {
      const { outcome, change } = taken(given(), eventOf({ amount }));
      expect([amount, outcome, change.facts, onlinePaid(foldPayments(change.state.facts), NOW)]).toEqual([amount, { outcome: 'parked', reason: 'AMOUNT_MISMATCH' }, [], false]);
    }
  });

  it('with an amount that the fees do not come to is applied as soon as they do, or as somebody asked for it', () => {
    const waiting = taken(assessed(['LP-01', 9_000]), eventOf()).change.state;
    const corrected = decideCommand(waiting, { command: 'assess-fee', fee: 'LP-01', amount: 8_000 }, NOW);
    const pushed = takeIntake(unchanged(taken(takeIntake(knownDossier(), intakeOf({ fees: [{ code: 'LP-01', amount: 9_000 }] })).change.state, eventOf()).change.state),
      intakeOf({ sequence: 2, latestAt: '09 10:00', recordedAt: '09 11:00', fees: [{ code: 'LP-01', amount: 8_000 }] }));
    const asked = decideCommand(waiting, ask(8_000), NOW);
    for (const facts of [corrected.ok ? corrected.value.facts : [], pushed.change.facts, asked.ok ? asked.value.facts : []]) {
      expect(facts.map(({ kind }) => kind).at(-1)).toBe('payment-succeeded');
    }
  });

  it('stays applied when the fee is corrected after it was paid', () => {
    const paid = commanded(after(eventOf()), { command: 'assess-fee', fee: 'LP-01', amount: 9_000 });
    expect(taken(paid, eventOf({ event: 'E-9', at: '07 10:00' })).outcome).toEqual({ outcome: 'applied' });
    expect(onlinePaid(foldPayments(paid.facts), NOW)).toBe(true);
  });

  it('that reports a refund anew is one refund; with another amount it waits', () => {
    const state = after(eventOf(), refundOf({ amount: 3_000 }));
    expect(taken(state, refundOf({ event: 'E-8', amount: 3_000 })).outcome).toEqual({ outcome: 'repeated' });
    expect(taken(state, refundOf({ event: 'E-8', amount: 4_000 })).outcome).toEqual({ outcome: 'parked', reason: 'AMOUNT_MISMATCH' });
  });

  it('is recorded not before it came, nor before what was recorded last', () => {
    const late = taken(knownDossier().state, eventOf(), october('25 00:00')).change.state;
    expect(taken(late, refundOf(), october('20 00:00')).change.facts[0]?.recordedAt).toBe(october('25 00:00'));
  });

  it('of a dossier with very many that wait is refused', () => {
    const full = Array.from({ length: MAX_PARKED }, (_, index) => refundOf({ event: `E-${index}`, refund: `F-${index}` }));
    expect(takeEvent(after(...full), refundOf({ event: 'ONE-MORE' }), NOW)).toMatchObject({ ok: false, error: { code: 'PAYMENT.TOO_MANY_PARKED' } });
  });
});

describe('an event of an unknown dossier', () => {
  const unknown = () => taken(emptyPayments(DOSSIER), eventOf(), october('10 12:00')).change;

  it('waits, and is applied when the dossier is received, recorded when both were there', () => {
    expect(unknown()).toMatchObject({ facts: [], state: { parked: [{ reason: 'DOSSIER_UNKNOWN' }] } });
    const { change } = takeUnit(unknown(), { sequence: 1, occurredAt: october('05 08:30'), unit: 'H44.114' as UnitCode }, october('05 09:00'));
    expect(change.state.parked).toEqual([]);
    expect(change.facts).toMatchObject([{ kind: 'payment-succeeded', occurredAt: october('06 10:00'), recordedAt: october('10 12:00') }]);
  });

  it('waits, and is applied when a push passes on parts of the dossier', () => {
    expect(takeIntake(unknown(), intakeOf({ recordedAt: '11 09:00' })).change.facts).toMatchObject([{ recordedAt: october('11 09:00') }]);
  });

  it('waits for its payment after that, when it is a refund', () => {
    const waiting = taken(emptyPayments(DOSSIER), refundOf()).change;
    const { change } = takeUnit(waiting, { sequence: 1, occurredAt: october('05 08:30'), unit: 'H44.114' as UnitCode }, NOW);
    expect(change.state.parked).toMatchObject([{ reason: 'PAYMENT_NOT_SUCCEEDED' }]);
    expect(taken(change.state, eventOf()).change.facts.map(({ kind }) => kind)).toEqual(['payment-succeeded', 'payment-refunded']);
  });
});

type Arrival = (state: PaymentsState) => PaymentsState;
const byEvent = (event: ProviderEvent): Arrival => (state) => {
  const result = takeEvent(state, event, NOW);
  return result.ok ? result.value.change.state : state;
};
const byPush = (sequence: number, fee: number, paidOnline: 0 | 1 | 2 | undefined, day: number): Arrival => (state) => takeIntake(
  unchanged(state), intakeOf({ sequence, latestAt: `${String(day).padStart(2, '0')} 10:00`, fees: [{ code: 'LP-01', amount: fee }], ...(paidOnline === undefined ? {} : { paidOnline }) }),
).change.state;
const byReceipt: Arrival = (state) => takeUnit(unchanged(state), { sequence: 1, occurredAt: october('05 08:30'), unit: 'H44.114' as UnitCode }, NOW).change.state;

const reference = fc.constantFrom('R-1', 'R-2');
const at = fc.constantFrom('06 10:00', '07 10:00', '08 10:00');
/** Events that a provider may truthfully send: one amount for a payment, that of the fee, refunds that do not exceed it. */
const truthful: fc.Arbitrary<readonly ProviderEvent[]> = fc.array(fc.oneof(
  fc.tuple(reference, at).map(([of, when]) => eventOf({ reference: of, at: when })),
  fc.tuple(reference, at).map(([of, when]) => failureOf({ reference: of, at: when })),
  fc.tuple(reference, at, fc.constantFrom('F-1', 'F-2')).map(([of, when, refund]) => refundOf({ reference: of, at: when, refund, amount: refund === 'F-1' ? 3_000 : 5_000 })),
), { maxLength: 9 }).map((events) => events.map((event, index) => ({ ...event, event: `E-${index}` })));
const pushes = fc.array(fc.tuple(fc.constantFrom(0, 8_000), fc.constantFrom(0 as const, 1 as const, 2 as const, undefined), fc.integer({ min: 6, max: 9 })), { maxLength: 4 });
const arrivals = fc.tuple(truthful, pushes).map(([events, said]) => [byReceipt, ...events.map(byEvent), ...said.map(([fee, paid, day], index) => byPush(index + 1, fee, paid, day))]);
const ordered = (all: readonly Arrival[], start: PaymentsChange = unchanged(emptyPayments(DOSSIER))) => all.reduce((state, arrive) => arrive(state), start.state);

/** What a state amounts to. A flag that was taken back and one that never counted are the same. */
function amountOf({ facts, paidOnline, parked }: PaymentsState) {
  const { fees, payments } = foldPayments(facts);
  return {
    fees: fees.map(({ fee, amount }) => [fee, amount]),
    payments: payments.filter(({ provider, succeededAt }) => provider !== STATED_BY_PUSH || succeededAt !== null)
      .map(({ failedAt, ...payment }) => ({ ...payment, failedAt: payment.provider === STATED_BY_PUSH ? null : failedAt })),
    paidOnline: paidOnline?.value,
    parked: parked.map(({ event, reason }) => [event, reason]),
  };
}

describe('whatever the order in which everything comes', () => {
  it('events lead to the same facts, and nothing truthful waits for ever but a refund without its payment', () => {
    fc.assert(fc.property(truthful.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray([...events], { minLength: events.length }))), ([events, shuffled]) => {
      const one = ordered([byReceipt, ...events.map(byEvent)]);
      const other = ordered([...shuffled.map(byEvent), byReceipt]);
      expect(contentsOf(other)).toEqual(contentsOf(one));
      expect(one.parked.every(({ kind, reason }) => kind === 'payment-refunded' && reason === 'PAYMENT_NOT_SUCCEEDED')).toBe(true);
    }), { seed: 766, numRuns: 300 });
  });

  it('pushes and events amount to the same', () => {
    fc.assert(fc.property(arrivals.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length }))), ([all, shuffled]) => {
      expect(amountOf(ordered(shuffled))).toEqual(amountOf(ordered(all)));
    }), { seed: 766, numRuns: 300 });
  });

  it('everything twice leads to nothing more', () => {
    fc.assert(fc.property(arrivals, (all) => {
      const once = ordered(all);
      expect(ordered(all, unchanged(once)).facts).toEqual(once.facts);
    }), { seed: 766, numRuns: 200 });
  });

  it('facts are numbered without gaps, and never recorded before the one before', () => {
    fc.assert(fc.property(arrivals, (all) => {
      const { facts } = ordered(all);
      expect(facts.map(({ sequence }) => sequence)).toEqual(facts.map((_, index) => index + 1));
      facts.slice(1).forEach((fact, index) => expect(fact.recordedAt).toBeGreaterThanOrEqual(facts[index]?.recordedAt ?? 0));
    }), { seed: 766, numRuns: 100 });
  });
});

describe('a payment in cash', () => {
  it('is none of 3.6, and is refunded like others', () => {
    const paid = commanded(knownDossier().state, { command: 'record-cash-payment', receipt: 'BL-1', amount: 8_000, occurredAt: october('06 10:00') });
    const back = commanded(paid, { command: 'refund-payment', provider: CASH_DESK, reference: 'BL-1', refund: 'F-1', occurredAt: october('07 10:00') });
    expect([onlinePaid(foldPayments(paid.facts), instantOf(NOW)), foldPayments(back.facts).payments[0]?.fullyRefundedAt]).toEqual([false, october('07 10:00')]);
  });
});
