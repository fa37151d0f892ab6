import { foldPayments, paymentStanding, type PaymentStanding, type PaymentView } from '@index766/payment-life';
import { holderOf } from '@index766/intake';
import { instantOf, ok, refused, type DossierId, type Result, type UnitCode } from '@index766/kernel';
import type { Clock, Payments } from '../application/ports';
import { emptyPayments, isKnown, type PaymentsState } from '../domain/payments-state';

/** The money of one dossier as its facts tell it now. */
export interface PaymentDetails {
  readonly state: PaymentsState;
  readonly unit: UnitCode;
  readonly view: PaymentView;
  readonly standing: PaymentStanding;
}

export class ShowPayments {
  constructor(private readonly payments: Payments, private readonly clock: Clock) {}

  /** Refuses with AUTH.UNIT_OUT_OF_SCOPE, PAYMENT.DOSSIER_UNKNOWN. A dossier without a fact about money is shown as such. */
  async execute(id: DossierId, covers: (unit: UnitCode) => boolean): Promise<Result<PaymentDetails>> {
    const state = (await this.payments.findMany([id])).get(id)?.state ?? emptyPayments(id);
    const unit = holderOf(state);
    if (unit === undefined || !covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier');
    if (!isKnown(state)) return refused('PAYMENT.DOSSIER_UNKNOWN', 'no push and no fact of this dossier has come yet', 'dossier');
    const view = foldPayments(state.facts);
    // Facts of this very millisecond count.
    return ok({ state, unit, view, standing: paymentStanding(view, instantOf(this.clock.now() + 1)) });
  }
}
