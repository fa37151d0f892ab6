import { answer, type AnswerSchema } from '@index766/platform-http';
import { PARK_REASONS } from '../domain/provider-event';

const { text, instant, whole, flag, list, nullable, object, oneOf, record } = answer;

/** What a command is answered with. */
export const COMMAND_ANSWER: AnswerSchema = object({
  dossier: text,
  facts: list(object({ kind: text, sequence: whole, occurredAt: instant, recordedAt: instant })),
});

const EVENT_KIND = oneOf('payment-succeeded', 'payment-failed', 'payment-refunded');
const REASON = oneOf(...PARK_REASONS);

const PARKED = {
  provider: text, event: text, kind: EVENT_KIND, reference: text, reason: REASON, amount: nullable(whole), occurredAt: instant, takenAt: instant,
};

/** The money of a dossier as GET shows it (`paymentsJson`). */
export const PAYMENTS_ANSWER: AnswerSchema = object({
  dossier: text,
  unit: text,
  standing: object({ feeOwed: whole, hasFinancialObligation: flag, hasPaidOnline: flag, onlinePaid: flag }),
  fees: list(object({
    fee: text, kind: nullable(text), collection: nullable(text), amount: whole, owed: whole, assessedAt: instant,
    waivers: list(object({ at: instant, amount: nullable(whole) })),
  })),
  payments: list(object({
    provider: text, reference: text, channel: nullable(text), amount: nullable(whole),
    status: oneOf('unknown', 'requested', 'failed', 'succeeded', 'partly-refunded', 'refunded'),
    requestedAt: nullable(instant), succeededAt: nullable(instant), failedAt: nullable(instant),
    refunds: list(object({ at: instant }, { refund: text, amount: nullable(whole) })),
    fullyRefundedAt: nullable(instant), isStandIn: flag,
  })),
  facts: list(object({
    sequence: whole, kind: text, occurredAt: instant, recordedAt: instant, timeBasis: text, backfill: flag, body: record({}),
  })),
  conflicts: list(object({ fee: text, amount: whole, recordedAt: instant })),
  parked: list(object(PARKED)),
  missingIntakeRecords: list(whole),
});

export const PARKED_EVENTS_ANSWER: AnswerSchema = object({ events: list(object({ dossier: text, ...PARKED })), next: nullable(text) });

/** What became of an event of a provider. */
export const EVENT_ANSWER: AnswerSchema = object({ event: text, outcome: oneOf('applied', 'repeated', 'parked'), reason: nullable(REASON) });
