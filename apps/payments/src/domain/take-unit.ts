import { takeStatement, type Taken, type UnitStatement } from '@index766/intake';
import type { Instant } from '@index766/kernel';
import type { PaymentsChange } from './payments-state';
import { settleParked } from './take-event';

/** Takes in where a fact of the dossier's life puts it: from then on the dossier is known, and parked events are tried. */
export function takeUnit(change: PaymentsChange, statement: UnitStatement, recordedAt: Instant): Taken<PaymentsChange> {
  const taken = takeStatement(change, statement);
  return taken.outcome === 'applied' ? { ...taken, change: settleParked(taken.change, recordedAt) } : taken;
}
