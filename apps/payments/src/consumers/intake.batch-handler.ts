import { dossierTopic, intakeTopic } from '@index766/contracts-dossiers';
import type { Taken } from '@index766/intake';
import { refused, type DossierId, type Result } from '@index766/kernel';
import type { PaymentFact } from '@index766/payment-life';
import { AggregateBatchHandler } from '@index766/platform-facts';
import type { IncomingRecord } from '@index766/platform-kafka';
import { emptyPayments, type PaymentsChange, type PaymentsState } from '../domain/payments-state';
import { takeIntake } from '../domain/take-intake';
import { takeUnit } from '../domain/take-unit';
import { readIntake, readUnit, type Arrived } from './intake.reader';

/**
 * Takes in what pushes pass on about money, and which dossiers there are: the parts of pushes and the facts of dossiers'
 * lives, from the beginning of both topics. Group `payments.intake`.
 */
export class IntakeBatchHandler extends AggregateBatchHandler<Arrived, DossierId, PaymentsState, PaymentFact> {
  readonly topics = [intakeTopic.name, dossierTopic.name];

  decode(record: IncomingRecord): Result<Arrived> | 'ignored' {
    switch (record.topic) {
      case intakeTopic.name:
        return readIntake(record);
      case dossierTopic.name:
        return readUnit(record);
      default:
        return refused('CONTRACT.UNKNOWN_TOPIC', 'nothing about money comes from this topic', 'topic');
    }
  }

  keyOf({ dossier }: Arrived): DossierId {
    return dossier;
  }

  protected traceOf({ traceparent }: Arrived): string | undefined {
    return traceparent;
  }

  protected empty(dossier: DossierId): PaymentsState {
    return emptyPayments(dossier);
  }

  protected take(change: PaymentsChange, item: Arrived): Taken<PaymentsChange> {
    return item.kind === 'intake' ? takeIntake(change, item.record) : takeUnit(change, item.statement, item.recordedAt);
  }
}
