import { ok, refused, type Instant, type ProcedureCode, type Result, type UnitCode } from '@index766/kernel';
import type { Term } from '@index766/working-time';

import type { UnitDirectory } from './unit';
import { checkValidity, nextVersion, type History, type Recorded, type Validity } from './versions';

/** What one version says of a procedure. */
export interface ProcedureContent extends Validity {
  readonly name: string;
  readonly term?: Term | undefined;
  readonly pauseOnFinancialObligation: boolean;
}

/** A procedure as every unit has it, or as one unit and all below it have it. */
export interface ProcedureId {
  readonly code: ProcedureCode;
  readonly unit?: UnitCode | undefined;
}

/** Longest term, in its own unit: ten years of days. */
const LONGEST_TERM = 3660;

/** Whether a version of a procedure may be recorded. `undefined`: it says nothing new. */
export function decideProcedure(
  id: ProcedureId, history: History<ProcedureContent>, proposed: ProcedureContent, directory: UnitDirectory, now: Instant,
): Result<Recorded<ProcedureContent> | undefined> {
  const validity = checkValidity(proposed);
  if (!validity.ok) return validity;
  if (id.unit !== undefined && directory.find(id.unit) === undefined) {
    return refused('PROCEDURE.UNKNOWN_UNIT', 'the unit is not recorded; record it first', 'unit');
  }
  const amount = proposed.term?.amount;
  if (amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 1 && amount <= LONGEST_TERM)) {
    return refused('PROCEDURE.TERM_OUT_OF_RANGE', `a term is a whole number from 1 to ${LONGEST_TERM}`, 'term.amount');
  }
  return ok(nextVersion(history, proposed, now));
}
