import {
  STATED_BY_PUSH, foldPayments, type OnlineChannel, type PaymentFact, type PaymentFactOf, type PaymentKey,
} from '@index766/payment-life';
import { compareIntakeRank, takeRecord, type IntakeRecordHead, type Taken } from '@index766/intake';
import type { Instant } from '@index766/kernel';
import { findPayment } from './payment-table';
import { withConflict, type PaymentsChange } from './payments-state';
import { recordFacts, type NewFact } from './record-facts';
import { assessedByDesk, explainedBy, explainedFacts } from './restored-facts';
import { settleParked } from './take-event';

/** One entry of DanhSachLePhi. */
export interface StatedFee {
  readonly code: string;
  readonly kind?: string | undefined;
  readonly collection?: string | undefined;
  /** Whole đồng. */
  readonly amount: number;
}

/** What a snapshot says about money. Absent or empty = not said. */
export interface StatedPayments {
  /** The receipt of the dossier: the source states no instant of its own (national-sync.md). */
  readonly occurredAt: Instant;
  readonly timeBasis?: 'inferred' | undefined;
  readonly fees: readonly StatedFee[];
  /** DuocThanhToanTrucTuyen: 0 no, 1 on the national portal, 2 on the province's gateway. */
  readonly paidOnline?: 0 | 1 | 2 | undefined;
}

/** One record of the intake topic. */
export interface IntakeRecord extends IntakeRecordHead {
  readonly payments?: StatedPayments | undefined;
}

const CHANNELS = { 1: 'national-portal', 2: 'province-gateway' } as const satisfies Record<1 | 2, OnlineChannel>;

/** Takes one record in, as `takeRecord` says. */
export function takeIntake(change: PaymentsChange, record: IntakeRecord): Taken<PaymentsChange> {
  const marked = takeRecord(change, record);
  if (marked.outcome !== 'applied') return marked;
  let taken = marked.change;
  if (record.payments !== undefined) {
    for (const fee of summedByCode(record.payments.fees)) taken = takeFee(taken, fee, record.payments, record);
    taken = takePaidOnline(taken, record.payments, record);
  }
  return { change: settleParked(taken, record.recordedAt), outcome: 'applied' };
}

/** Several entries of one code are several charges of one fee. */
function summedByCode(fees: readonly StatedFee[]): readonly StatedFee[] {
  const byCode = new Map<string, StatedFee>();
  for (const fee of fees) byCode.set(fee.code, { ...fee, amount: (byCode.get(fee.code)?.amount ?? 0) + fee.amount });
  return [...byCode.values()];
}

function takeFee(change: PaymentsChange, fee: StatedFee, payments: StatedPayments, record: IntakeRecord): PaymentsChange {
  const { rank, recordedAt, backfill } = record;
  const { state } = change;
  const word = state.feeWords[fee.code];
  const last = lastAssessment(explainedFacts(state), fee.code);
  const isNew = last === undefined || last.body.amount !== fee.amount || last.body.kind !== fee.kind || last.body.collection !== fee.collection;
  if (word?.by === 'desk') {
    if (last?.body.amount === fee.amount) return change;
    return { ...change, state: { ...state, conflicts: withConflict(state.conflicts, { fee: fee.code, amount: fee.amount, recordedAt }) } };
  }
  if (word !== undefined && compareIntakeRank(rank, word.rank) < 0) return change;
  const heard: PaymentsChange = { ...change, state: { ...state, feeWords: { ...state.feeWords, [fee.code]: { by: 'push', rank } } } };
  if (!isNew) return heard;
  const { code, amount, kind, collection } = fee;
  const fact: NewFact = {
    kind: 'fee-assessed',
    body: { fee: code, amount, ...(kind === undefined ? {} : { kind }), ...(collection === undefined ? {} : { collection }) },
    ...circumstances(payments, backfill),
  };
  const byDesk = explainedBy(state, fact, recordedAt) === undefined ? assessedByDesk(state, code) : undefined;
  if (byDesk === undefined) return recorded(heard, fact, recordedAt);
  return takeFee({ ...change, state: { ...byDesk, feeWords: { ...byDesk.feeWords, [code]: { by: 'desk' } } } }, fee, payments, record);
}

function takePaidOnline(change: PaymentsChange, payments: StatedPayments, { rank, recordedAt, backfill }: IntakeRecord): PaymentsChange {
  const { paidOnline: value } = payments;
  const word = change.state.paidOnline;
  if (value === undefined || (word !== null && compareIntakeRank(rank, word.rank) < 0)) return change;
  let taken: PaymentsChange = { ...change, state: { ...change.state, paidOnline: { value, rank } } };
  for (const [stated, channel] of [[1, CHANNELS[1]], [2, CHANNELS[2]]] as const) {
    const key: PaymentKey = { provider: STATED_BY_PUSH, reference: channel };
    const stands = (findPayment(foldPayments(explainedFacts(taken.state)), key)?.succeededAt ?? null) !== null;
    if (stands === (stated === value)) continue;
    taken = recorded(taken, stated === value
      ? { kind: 'payment-succeeded', body: { ...key, channel }, ...circumstances(payments, backfill) }
      : { kind: 'payment-failed', body: { ...key, reasonCode: 'CORRECTED' }, ...circumstances(payments, backfill) }, recordedAt);
  }
  return taken;
}

/** A dossier that is full of facts takes no more of them; what pushes say stays known by its fingerprint. */
function recorded(change: PaymentsChange, fact: NewFact, recordedAt: Instant): PaymentsChange {
  const explained = explainedBy(change.state, fact, recordedAt);
  if (explained !== undefined) return { ...change, state: explained };
  const result = recordFacts(change, [fact], recordedAt);
  return result.ok ? result.value : change;
}

function circumstances({ occurredAt, timeBasis }: StatedPayments, backfill: boolean) {
  return { occurredAt, ...(timeBasis === undefined ? {} : { timeBasis }), ...(backfill ? { backfill } : {}) };
}

export function lastAssessment(facts: readonly PaymentFact[], fee: string): PaymentFactOf<'fee-assessed'> | undefined {
  return facts.findLast((fact): fact is PaymentFactOf<'fee-assessed'> => fact.kind === 'fee-assessed' && fact.body.fee === fee);
}

