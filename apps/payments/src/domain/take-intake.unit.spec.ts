import { holesOf } from '@index766/intake';
import { foldPayments, feeOwed, onlinePaid } from '@index766/payment-life';
import { DOSSIER, intakeOf, knownDossier, october } from '../test/arrivals';
import { decideCommand } from './payment-command';
import { emptyPayments, unchanged, type PaymentsChange } from './payments-state';
import { takeIntake, type IntakeRecord } from './take-intake';

const END = october('31 00:00');
const start = (): PaymentsChange => unchanged(emptyPayments(DOSSIER));
const after = (records: readonly IntakeRecord[], change = start()): PaymentsChange => records.reduce((known, record) => takeIntake(known, record).change, change);
const told = ({ facts }: PaymentsChange) => facts.map(({ kind, body }) => [kind, 'fee' in body ? body.fee : body.reference, 'amount' in body ? body.amount : undefined]);
const fee = (amount: number, code = 'LP-01') => ({ code, amount });

describe('a record of the intake topic', () => {
  it('that is known is a duplicate, with another content a conflict, and neither changes anything', () => {
    const known = after([intakeOf({ fees: [fee(8_000)] })]);
    expect(takeIntake(known, intakeOf({ fees: [fee(8_000)] }))).toEqual({ change: known, outcome: 'duplicate' });
    expect(takeIntake(known, intakeOf({ fees: [fee(1)] }))).toEqual({ change: known, outcome: 'conflict' });
  });

  it('above a gap counts at once, and the gap is known', () => {
    const known = after([intakeOf({ sequence: 3, fees: [fee(8_000)] })]);
    expect([told(known), holesOf(known.state)]).toEqual([[['fee-assessed', 'LP-01', 8_000]], [1, 2]]);
    expect(holesOf(after([intakeOf({ sequence: 1 }), intakeOf({ sequence: 2 })], known).state)).toEqual([]);
  });

  it('takes its instants from the receipt and from its own recording, and says so', () => {
    expect(after([intakeOf({ fees: [fee(8_000)], backfill: true })]).facts).toMatchObject([
      { occurredAt: october('05 08:30'), recordedAt: october('05 09:00'), timeBasis: 'inferred', backfill: true, sequence: 1 },
    ]);
  });
});

describe('a fee', () => {
  it('that is stated again says nothing new', () => {
    expect(told(after([intakeOf({ fees: [fee(8_000)] }), intakeOf({ sequence: 2, latestAt: '09 10:00', fees: [fee(8_000)] })]))).toHaveLength(1);
  });

  it('is corrected by a snapshot that knows more, and by a later one that knows as much', () => {
    const corrected = after([intakeOf({ fees: [fee(8_000)] }), intakeOf({ sequence: 2, latestAt: '09 10:00', fees: [fee(9_000)] }), intakeOf({ sequence: 3, latestAt: '09 10:00', fees: [fee(0)] })]);
    expect(told(corrected)).toEqual([['fee-assessed', 'LP-01', 8_000], ['fee-assessed', 'LP-01', 9_000], ['fee-assessed', 'LP-01', 0]]);
    expect(feeOwed(foldPayments(corrected.state.facts), END)).toBe(0);
  });

  it('is not corrected by a snapshot that knows less, which adds what is missing', () => {
    const known = after([intakeOf({ latestAt: '09 10:00', fees: [fee(9_000)] }), intakeOf({ sequence: 2, fees: [fee(8_000), fee(500, 'LP-02')] })]);
    expect(told(known)).toEqual([['fee-assessed', 'LP-01', 9_000], ['fee-assessed', 'LP-02', 500]]);
  });

  it('that is not mentioned is not retracted', () => {
    expect(feeOwed(foldPayments(after([intakeOf({ fees: [fee(8_000)] }), intakeOf({ sequence: 2, latestAt: '09 10:00', fees: [], paidOnline: 0 })]).state.facts), END)).toBe(8_000);
  });

  it('that is charged several times in one snapshot is the sum', () => {
    expect(told(after([intakeOf({ fees: [fee(2_000), fee(2_000), fee(1_000, 'LP-02')] })]))).toEqual([['fee-assessed', 'LP-01', 4_000], ['fee-assessed', 'LP-02', 1_000]]);
  });

  it('that the desk assessed is not corrected by pushes; what they say is kept once', () => {
    const decided = decideCommand(knownDossier().state, { command: 'assess-fee', fee: 'LP-01', amount: 5_000, occurredAt: october('06 10:00') }, october('06 11:00'));
    if (!decided.ok) throw new Error(decided.error.code);
    const known = after([1, 2].map((sequence) => intakeOf({ sequence, latestAt: '09 10:00', fees: [fee(8_000)] })), unchanged(decided.value.state));
    expect(told(known)).toEqual([]);
    expect(known.state.conflicts).toMatchObject([{ fee: 'LP-01', amount: 8_000 }]);
  });
});

describe('DuocThanhToanTrucTuyen', () => {
  const paid = (...values: readonly (0 | 1 | 2)[]) => after(values.map((paidOnline, index) => intakeOf({ sequence: index + 1, latestAt: `0${index + 6} 10:00`, paidOnline })));

  it.each<[string, readonly (0 | 1 | 2)[], readonly string[], boolean]>([
    ['1 is a payment on the national portal', [1], ['payment-succeeded national-portal'], true],
    ['2 is one on the province\'s gateway', [2], ['payment-succeeded province-gateway'], true],
    ['0 is none', [0], [], false],
    ['1 again says nothing new', [1, 1], ['payment-succeeded national-portal'], true],
    ['0 after 1 takes it back', [1, 0], ['payment-succeeded national-portal', 'payment-failed national-portal'], false],
    ['1 after that says it anew', [1, 0, 1], ['payment-succeeded national-portal', 'payment-failed national-portal', 'payment-succeeded national-portal'], true],
    ['2 after 1 is another channel', [1, 2], ['payment-succeeded national-portal', 'payment-failed national-portal', 'payment-succeeded province-gateway'], true],
  ])('%s', (_rule, values, facts, isPaid) => {
    const known = paid(...values);
    expect(known.facts.map(({ kind, body }) => `${kind} ${'reference' in body ? body.reference : ''}`)).toEqual(facts);
    expect(onlinePaid(foldPayments(known.state.facts), END)).toBe(isPaid);
  });

  it('of a snapshot that knows less does not take back', () => {
    const known = after([intakeOf({ latestAt: '09 10:00', paidOnline: 1 }), intakeOf({ sequence: 2, paidOnline: 0 })]);
    expect(onlinePaid(foldPayments(known.state.facts), END)).toBe(true);
  });
});
