import type { Instant } from '@index766/kernel';
import type { PaymentsChange, UnitStatement } from './payments-state';
import { settleParked } from './take-event';

/** Takes in where a fact of the dossier's life puts it: from then on the dossier is known, and parked events are tried. */
export function takeUnit(change: PaymentsChange, statement: UnitStatement, recordedAt: Instant): { readonly change: PaymentsChange; readonly outcome: 'applied' | 'duplicate' | 'conflict' } {
  const known = change.state.units.find(({ sequence }) => sequence === statement.sequence);
  if (known !== undefined) return { change, outcome: isSame(known, statement) ? 'duplicate' : 'conflict' };
  const units = [...change.state.units, statement].sort((a, b) => a.sequence - b.sequence);
  return { change: settleParked({ ...change, state: { ...change.state, units } }, recordedAt), outcome: 'applied' };
}

function isSame(a: UnitStatement, b: UnitStatement): boolean {
  return a.unit === b.unit && a.occurredAt === b.occurredAt;
}
