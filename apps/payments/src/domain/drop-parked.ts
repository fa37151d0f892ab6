import { ok, refused, type Instant, type Result } from '@index766/kernel';
import { unchanged, type PaymentsChange, type PaymentsState } from './payments-state';

/** An operator puts a parked event aside. */
export interface DropParked {
  readonly provider: string;
  readonly event: string;
  readonly reasonCode: string;
  /** Subject of the operator's token. */
  readonly by: string;
}

const DROPPED_KEPT = 100;

/** The event leads to no fact; its id stays known, so that the provider's repetition changes nothing. */
export function dropParked(state: PaymentsState, { provider, event, reasonCode, by }: DropParked, at: Instant): Result<PaymentsChange> {
  const isMeant = (each: { readonly provider: string; readonly event: string }): boolean => each.provider === provider && each.event === event;
  if (!state.parked.some(isMeant)) {
    return state.dropped.some(isMeant) ? ok(unchanged(state)) : refused('PAYMENT.NOT_PARKED', 'no event of this id waits for the dossier', 'event');
  }
  return ok(unchanged({
    ...state,
    parked: state.parked.filter((each) => !isMeant(each)),
    dropped: [...state.dropped, { provider, event, reasonCode, by, at }].slice(-DROPPED_KEPT),
  }));
}
