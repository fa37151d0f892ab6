import type { DossierId, UnitCode } from '@index766/kernel';
import { emptyPayments, unchanged, type PaymentsChange } from '../domain/payments-state';
import type { ProviderEvent } from '../domain/provider-event';
import type { IntakeRecord, StatedFee } from '../domain/take-intake';
import { takeUnit } from '../domain/take-unit';
import { october } from './dossier-records';

export { october } from './dossier-records';

export const DOSSIER = 'H44.114-20261005-0001' as DossierId;

interface Said {
  readonly sequence?: number;
  readonly latestAt?: string;
  readonly status?: number;
  readonly recordedAt?: string;
  readonly fees?: readonly StatedFee[];
  readonly paidOnline?: 0 | 1 | 2;
  readonly backfill?: boolean;
}

/** A record of the intake topic; days of October: `05 08:30`. */
export function intakeOf({ sequence = 1, latestAt = '05 08:30', status = 0, recordedAt = '05 09:00', fees, paidOnline, backfill = false }: Said = {}): IntakeRecord {
  return {
    sequence, backfill, recordedAt: october(recordedAt),
    fingerprint: JSON.stringify([sequence, latestAt, status, fees, paidOnline]),
    rank: { latestAt: october(latestAt), status, sequence },
    ...(fees === undefined && paidOnline === undefined ? {} : { payments: { occurredAt: october('05 08:30'), timeBasis: 'inferred', fees: fees ?? [], paidOnline } }),
  };
}

type Changes = Partial<Record<'event' | 'reference' | 'refund' | 'provider', string>> & { readonly amount?: number | undefined; readonly at?: string };

export function eventOf({ event = 'E-1', provider = 'bank-a', reference = 'R-1', amount = 8_000, at = '06 10:00' }: Changes = {}): ProviderEvent {
  return { provider, event, hash: JSON.stringify(['s', reference, amount, at]), kind: 'payment-succeeded', reference, channel: 'national-portal', amount, occurredAt: october(at) };
}

export function failureOf({ event = 'E-2', provider = 'bank-a', reference = 'R-1', at = '06 09:00' }: Changes = {}): ProviderEvent {
  return { provider, event, hash: JSON.stringify(['f', reference, at]), kind: 'payment-failed', reference, occurredAt: october(at) };
}

export function refundOf({ event = 'E-3', provider = 'bank-a', reference = 'R-1', refund = 'F-1', amount, at = '08 10:00' }: Changes = {}): ProviderEvent {
  return {
    provider, event, hash: JSON.stringify(['r', reference, refund, amount, at]), kind: 'payment-refunded', reference, refund, occurredAt: october(at),
    ...(amount === undefined ? {} : { amount }),
  };
}

/** A dossier that has been received. */
export function knownDossier(): PaymentsChange {
  const { change } = takeUnit(unchanged(emptyPayments(DOSSIER)), { sequence: 2, occurredAt: october('05 08:30'), unit: 'H44.114' as UnitCode }, october('05 09:00'));
  return unchanged(change.state);
}
