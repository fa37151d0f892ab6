import { foldPayments } from '@index766/payment-life';
import { latest, ok, refused, type Instant, type Result } from '@index766/kernel';
import {
  compareParked, isKnown, unchanged, withEvent, type PaymentsChange, type PaymentsState,
} from './payments-state';
import { VERDICTS, findPayment, paysFees, restAfter, statusOf, type Verdict } from './payment-table';
import type { ParkReason, ParkedEvent, ProviderEvent } from './provider-event';
import { isRecorded, recordFacts, type NewFact } from './record-facts';

/** What became of an event: `repeated` says nothing new. */
export type EventOutcome =
  | { readonly outcome: 'applied' | 'repeated' }
  | { readonly outcome: 'parked'; readonly reason: ParkReason };

/** Most events of one dossier that may wait: a provider that errs without end is stopped here. */
export const MAX_PARKED = 50;

/**
 * Takes an event of a provider, whole: recorded, or parked with a reason, or nothing new. Refuses with
 * PAYMENT.EVENT_CONFLICT when the id came with another content, PAYMENT.TOO_MANY_PARKED, PAYMENT.TOO_MANY_FACTS.
 */
export function takeEvent(
  state: PaymentsState, event: ProviderEvent, now: Instant,
): Result<{ readonly outcome: EventOutcome; readonly change: PaymentsChange }> {
  const known = state.events.find((each) => each.provider === event.provider && each.event === event.event);
  if (known !== undefined && known.hash !== event.hash) {
    return refused('PAYMENT.EVENT_CONFLICT', 'this event came with another content before: a new event needs a new id', 'event');
  }
  const waiting = state.parked.find((each) => each.provider === event.provider && each.event === event.event);
  if (waiting !== undefined) return ok({ outcome: { outcome: 'parked', reason: waiting.reason }, change: unchanged(state) });
  if (known !== undefined) return ok({ outcome: { outcome: 'repeated' }, change: unchanged(state) });

  const remembered: PaymentsState = { ...state, events: withEvent(state.events, event) };
  const fact = factOf(event);
  if (isRecorded(state.facts, fact)) return ok({ outcome: { outcome: 'repeated' }, change: unchanged(remembered) });
  const verdict = judge(remembered, event);
  if (verdict === 'record') {
    const recorded = recordFacts(unchanged(remembered), [fact], now);
    return recorded.ok ? ok({ outcome: { outcome: 'applied' }, change: settleParked(recorded.value, now) }) : recorded;
  }
  if (state.parked.length >= MAX_PARKED) {
    return refused('PAYMENT.TOO_MANY_PARKED', `at most ${MAX_PARKED} events of one dossier wait: an operator has to look at them`);
  }
  const parked: ParkedEvent = { ...event, reason: verdict, takenAt: now };
  return ok({
    outcome: { outcome: 'parked', reason: verdict },
    change: unchanged({ ...remembered, parked: [...state.parked, parked].sort(compareParked) }),
  });
}

/** Tries parked events again, after whatever changed: in the order of their own instants, until none moves any more. */
export function settleParked(change: PaymentsChange, now: Instant): PaymentsChange {
  let settled = change;
  for (;;) {
    const next = settled.state.parked.find((event) => judge(settled.state, event) === 'record');
    if (next === undefined) return withReasons(settled);
    const parked = settled.state.parked.filter((event) => event !== next);
    const fact = factOf(next);
    const known = isRecorded(settled.state.facts, fact);
    const recorded = recordFacts({ ...settled, state: { ...settled.state, parked } }, known ? [] : [fact], latest(now, next.takenAt));
    if (!recorded.ok) return settled;
    settled = recorded.value;
  }
}

function withReasons(change: PaymentsChange): PaymentsChange {
  if (change.state.parked.length === 0) return change;
  const parked = change.state.parked.map((event) => {
    const verdict = judge(change.state, event);
    return verdict === 'record' ? event : { ...event, reason: verdict };
  });
  return { ...change, state: { ...change.state, parked } };
}

function judge(state: PaymentsState, event: ProviderEvent): Verdict {
  if (!isKnown(state)) return 'DOSSIER_UNKNOWN';
  const view = foldPayments(state.facts);
  const payment = findPayment(view, event);
  const verdict = VERDICTS[statusOf(payment)][event.kind];
  switch (event.kind) {
    case 'payment-failed':
      return verdict;
    case 'payment-succeeded': {
      // What was asked for, or reported before, says what is right; else the fees do.
      const expected = payment?.amount ?? null;
      const isRight = expected === null ? paysFees(view, event.amount, event.occurredAt) : expected === event.amount;
      return isRight ? verdict : 'AMOUNT_MISMATCH';
    }
    case 'payment-refunded': {
      if (payment === undefined) return verdict;
      const before = payment.refunds.find(({ refund }) => refund === event.refund);
      if (before !== undefined) return before.amount === (event.amount ?? null) ? 'record' : 'AMOUNT_MISMATCH';
      return verdict === 'record' && (restAfter(payment, event.amount ?? 0) ?? 0) < 0 ? 'REFUND_EXCEEDS_PAYMENT' : verdict;
    }
  }
}

function factOf(event: ProviderEvent): NewFact {
  const { provider, reference, occurredAt } = event;
  switch (event.kind) {
    case 'payment-succeeded':
      return { kind: event.kind, occurredAt, body: { provider, reference, channel: event.channel, amount: event.amount } };
    case 'payment-failed':
      return { kind: event.kind, occurredAt, body: { provider, reference, ...(event.reasonCode === undefined ? {} : { reasonCode: event.reasonCode }) } };
    case 'payment-refunded':
      return { kind: event.kind, occurredAt, body: { provider, reference, refund: event.refund, ...(event.amount === undefined ? {} : { amount: event.amount }) } };
  }
}
