import { decodeRecord } from '@index766/contracts-envelope';
import { paymentTopic } from '@index766/contracts-payments';
import type { PaymentFact } from '@index766/payment-life';
import { unchanged } from '../domain/payments-state';
import { takeIntake } from '../domain/take-intake';
import { paymentFactRecord } from '../publishing/payment-fact.record';
import { DOSSIER, intakeOf, knownDossier } from '../test/arrivals';
import { foldBackPayments } from './payments-fold-back';
import { paymentsFields, reconstitutePayments } from './payments.mapper';

const fee = (amount: number) => [{ code: 'LP-01', amount }];
const stateAfter = (...amounts: readonly number[]) => amounts.reduce((state, amount, index) =>
  takeIntake(unchanged(state), intakeOf({ sequence: index + 1, latestAt: `0${index + 5} 10:00`, fees: fee(amount), paidOnline: 1 })).change.state, knownDossier().state);
const stored = (state: ReturnType<typeof stateAfter>) => ({ ...paymentsFields(state).set, commands: [] });

function recordOf(fact: PaymentFact) {
  const { key, headers, value } = paymentFactRecord(fact, {});
  const decoded = decodeRecord(paymentTopic, { key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value ?? '') });
  if (!decoded.ok) throw new Error(decoded.error.code);
  return decoded.value;
}

const fold = (copy: ReturnType<typeof stored> | undefined, facts: readonly PaymentFact[]) => foldBackPayments(DOSSIER, copy, facts.map(recordOf));

describe('facts that the topic has and a copy of the database lacks', () => {
  const { facts } = stateAfter(8_000, 9_000, 10_000);

  it.each([[[]], [[8_000]], [[8_000, 9_000]]])('come back whole to a copy from after pushes of %p', (amounts) => {
    const copy = amounts.length === 0 ? undefined : stored(stateAfter(...amounts));
    const folded = fold(copy, facts);
    if (!folded.ok || folded.value === undefined) throw new Error('nothing came back');
    expect(reconstitutePayments(DOSSIER, folded.value.set as ReturnType<typeof stored>).facts).toEqual(facts);
  });

  it('are none where the copy has them', () => {
    expect(fold(stored(stateAfter(8_000, 9_000, 10_000)), facts)).toEqual({ ok: true, value: undefined });
  });

  it('are refused with a gap before them, or with another content than the copy has', () => {
    const refusal = (copy: ReturnType<typeof stored> | undefined, some: readonly PaymentFact[]) => {
      const folded = fold(copy, some);
      return folded.ok ? undefined : folded.error.code;
    };
    expect(refusal(undefined, facts.slice(1))).toBe('RESTORE.RECORDS_MISSING');
    expect(refusal(stored(stateAfter(1)), facts)).toBe('RESTORE.OTHER_CONTENT');
  });
});
