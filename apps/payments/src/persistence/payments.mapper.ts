import type { PaymentFact } from '@index766/payment-life';
import { instantOf, type DossierId } from '@index766/kernel';
import type { RememberedCommand } from '@index766/platform-mongo';
import type { CommandAnswer } from '../application/ports';
import type { PaymentsState } from '../domain/payments-state';
import type { ParkReason, ParkedEvent } from '../domain/provider-event';

/**
 * The money of a dossier in the collection `payments`. Facts and what pushes need are JSON texts: they are read and
 * written whole, and no query looks into them.
 */
export interface PaymentsFields {
  /** `[kind, occurredAt, recordedAt, marks, body]` each, in the order of their sequence. */
  readonly facts: string;
  /** What of the state no fact holds: `Memory`. */
  readonly memory: string;
  /** Only while events wait. Their reasons are counted. */
  readonly parked?: readonly StoredParked[];
  readonly commands: readonly RememberedCommand<CommandAnswer>[];
}

export interface StoredParked {
  readonly reason: ParkReason;
  /** The rest of the event, as JSON text. */
  readonly event: string;
}

type Memory = Omit<PaymentsState, 'dossier' | 'facts' | 'parked'>;

type StoredFact = readonly [PaymentFact['kind'], number, number, number, PaymentFact['body']];

const INFERRED = 1;
const BACKFILL = 2;

/** Takes what was stored for what it is: it was checked when it was accepted. */
export function reconstitutePayments(dossier: DossierId, { facts, memory, parked = [] }: Pick<PaymentsFields, 'facts' | 'memory' | 'parked'>): PaymentsState {
  const stored = JSON.parse(facts) as readonly StoredFact[];
  return {
    dossier, ...(JSON.parse(memory) as Memory),
    facts: stored.map((fact, index) => reconstituteFact(dossier, fact, index + 1)),
    parked: parked.map(reconstituteParked),
  };
}

/** All fields but the commands, and which optional ones must not be there. */
export function paymentsFields({ dossier: _dossier, facts, parked, ...memory }: PaymentsState): {
  readonly set: Omit<PaymentsFields, 'commands'>; readonly unset: readonly ('parked')[];
} {
  return {
    set: {
      facts: JSON.stringify(facts.map(toStoredFact)),
      memory: JSON.stringify(memory satisfies Memory),
      ...(parked.length === 0 ? {} : { parked: parked.map(toStoredParked) }),
    },
    unset: parked.length === 0 ? ['parked'] : [],
  };
}

export function reconstituteParked({ reason, event }: StoredParked): ParkedEvent {
  return { ...(JSON.parse(event) as Omit<ParkedEvent, 'reason'>), reason } as ParkedEvent;
}

function toStoredParked({ reason, ...event }: ParkedEvent): StoredParked {
  return { reason, event: JSON.stringify(event) };
}

function reconstituteFact(dossier: DossierId, [kind, occurredAt, recordedAt, marks, body]: StoredFact, sequence: number): PaymentFact {
  return {
    kind, dossier, occurredAt: instantOf(occurredAt), recordedAt: instantOf(recordedAt), sequence,
    timeBasis: (marks & INFERRED) === 0 ? 'stated' : 'inferred',
    ...((marks & BACKFILL) === 0 ? {} : { backfill: true }),
    body,
  } as PaymentFact;
}

function toStoredFact({ kind, occurredAt, recordedAt, timeBasis, backfill, body }: PaymentFact): StoredFact {
  return [kind, occurredAt, recordedAt, (timeBasis === 'inferred' ? INFERRED : 0) | (backfill === true ? BACKFILL : 0), body];
}
