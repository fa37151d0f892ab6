import { compareText, earliest, latest, type Instant } from '@index766/kernel';
import {
  STATED_BY_PUSH, isOnline, type PaymentFact, type PaymentFactKind, type PaymentFactOf, type PaymentKey,
} from './facts';
import type { FeeLife, PaymentLife, PaymentView, RefundLife, Waiver } from './view';

/**
 * Folds the facts about one dossier's money. The facts are a set: their order in the array says nothing. Where two of
 * them contradict each other the one with the higher sequence was recorded later and counts. Total: a fact that makes no
 * sense (a refund of a payment that is not known, a waiver of a fee that was never assessed) is left out, never thrown.
 */
export function foldPayments(facts: readonly PaymentFact[]): PaymentView {
  const bySequence = [...facts].sort((a, b) => a.sequence - b.sequence);
  const payments = groupsOf(bySequence, isAboutPayment, ({ body }) => paymentKeyText(body)).map(paymentLife);
  return {
    fees: groupsOf(bySequence, isAboutFee, ({ body }) => body.fee).flatMap(feeLife),
    payments: payments.map((payment) => ({ ...payment, isStandIn: isStandIn(payment, payments) })),
  };
}

/** One text for each payment; providers have no space in their names. */
export function paymentKeyText({ provider, reference }: PaymentKey): string {
  return `${provider} ${reference}`;
}

type FeeFact = PaymentFactOf<'fee-assessed' | 'fee-waived'>;
type MoneyFact = Exclude<PaymentFact, FeeFact>;

const isAboutFee = (fact: PaymentFact): fact is FeeFact => fact.kind === 'fee-assessed' || fact.kind === 'fee-waived';
const isAboutPayment = (fact: PaymentFact): fact is MoneyFact => !isAboutFee(fact);

/** Facts that are about one thing, group by group, in the order of the groups' keys. */
function groupsOf<Fact extends PaymentFact>(
  facts: readonly PaymentFact[], isAbout: (fact: PaymentFact) => fact is Fact, keyOf: (fact: Fact) => string,
): readonly (readonly Fact[])[] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (!isAbout(fact)) continue;
    const key = keyOf(fact);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  return [...groups].sort(([a], [b]) => compareText(a, b)).map(([, group]) => group);
}

function ofKind<Kind extends PaymentFactKind>(facts: readonly PaymentFact[], kind: Kind): readonly PaymentFactOf<Kind>[] {
  return facts.filter((fact): fact is PaymentFactOf<Kind> => fact.kind === kind);
}

function feeLife(facts: readonly FeeFact[]): readonly FeeLife[] {
  const assessments = ofKind(facts, 'fee-assessed');
  const last = assessments.at(-1);
  const assessedAt = firstOf(assessments);
  if (last === undefined || assessedAt === null) return [];
  const waivers = ofKind(facts, 'fee-waived').map(({ occurredAt, body }): Waiver => ({
    at: latest(occurredAt, assessedAt), amount: body.amount ?? null,
  }));
  const { fee, amount, kind = null, collection = null } = last.body;
  return [{ fee, kind, collection, assessedAt, amount, waivers: waivers.sort((a, b) => a.at - b.at || compareAmount(a.amount, b.amount)) }];
}

function paymentLife(facts: readonly MoneyFact[]): PaymentLife {
  const [first] = facts;
  if (first === undefined) throw new Error('a payment without a fact');
  const { provider, reference } = first.body;
  const requests = ofKind(facts, 'payment-requested');
  const failures = ofKind(facts, 'payment-failed');
  const success = successOf(provider, facts);
  const succeededAt = success === undefined ? null : firstOf(ofKind(facts, 'payment-succeeded'));
  const amount = success?.body.amount ?? requests.at(-1)?.body.amount ?? null;
  const refunds = succeededAt === null ? [] : refundsOf(ofKind(facts, 'payment-refunded'), succeededAt);
  return {
    provider, reference, amount, succeededAt, refunds,
    channel: success?.body.channel ?? null,
    requestedAt: firstOf(requests),
    failedAt: failures.reduce<Instant | null>((last, { occurredAt }) => (last === null ? occurredAt : latest(last, occurredAt)), null),
    fullyRefundedAt: fullyRefundedAt(amount, refunds),
    isStandIn: false,
  };
}

/** A provider's success stands whatever fails later. Of what pushes state the last word counts. */
function successOf(provider: string, facts: readonly MoneyFact[]): PaymentFactOf<'payment-succeeded'> | undefined {
  const successes = ofKind(facts, 'payment-succeeded');
  if (provider === STATED_BY_PUSH) {
    const last = facts.filter(({ kind }) => kind === 'payment-succeeded' || kind === 'payment-failed').at(-1);
    return last?.kind === 'payment-succeeded' ? last : undefined;
  }
  return [...successes].sort((a, b) => a.occurredAt - b.occurredAt || a.sequence - b.sequence)[0];
}

/** Each refund once, however often it was reported; the first report of it counts. */
function refundsOf(facts: readonly PaymentFactOf<'payment-refunded'>[], succeededAt: Instant): readonly RefundLife[] {
  const byId = new Map<string, RefundLife>();
  for (const { occurredAt, body: { refund, amount = null } } of facts) {
    const at = latest(occurredAt, succeededAt);
    const known = byId.get(refund);
    if (known === undefined || at < known.at) byId.set(refund, { refund, at, amount });
  }
  return [...byId.values()].sort((a, b) => a.at - b.at || compareText(a.refund, b.refund));
}

function fullyRefundedAt(amount: number | null, refunds: readonly RefundLife[]): Instant | null {
  let returned = 0;
  for (const refund of refunds) {
    if (refund.amount === null) return refund.at;
    returned += refund.amount;
    if (amount !== null && returned >= amount) return refund.at;
  }
  return null;
}

function isStandIn({ provider, channel, succeededAt }: PaymentLife, payments: readonly PaymentLife[]): boolean {
  if (provider !== STATED_BY_PUSH || succeededAt === null || !isOnline(channel)) return false;
  return payments.some((other) => other.provider !== STATED_BY_PUSH && other.succeededAt !== null && other.channel === channel);
}

function firstOf(facts: readonly PaymentFact[]): Instant | null {
  return facts.reduce<Instant | null>((first, { occurredAt }) => (first === null ? occurredAt : earliest(first, occurredAt)), null);
}

function compareAmount(a: number | null, b: number | null): number {
  return (a ?? Number.POSITIVE_INFINITY) < (b ?? Number.POSITIVE_INFINITY) ? -1 : a === b ? 0 : 1;
}
