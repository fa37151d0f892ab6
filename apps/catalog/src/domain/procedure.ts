import type { OnlineLevel, ProcedurePart } from '@index766/contracts-catalog';
import { ok, refused, type Instant, type ProcedureCode, type Result, type UnitCode } from '@index766/kernel';
import type { Term } from '@index766/working-time';

import type { UnitDirectory } from './unit';
import { checkDay, checkValidity, nextVersion, type History, type Recorded, type Validity } from './versions';

/** Something that is to be done by a day, and the day on which it was done. */
export interface Duty {
  readonly dueOn?: string | undefined;
  readonly on?: string | undefined;
}

/** What one version says of a procedure. What is absent is not said. */
export interface ProcedureContent extends Validity {
  readonly name: string;
  readonly term?: Term | undefined;
  readonly pauseOnFinancialObligation: boolean;
  readonly announcement?: Duty | undefined;
  readonly publication?: Duty | undefined;
  /** Those of the seven parts that are public, each once, in the order of PROCEDURE_PARTS. */
  readonly parts?: readonly ProcedurePart[] | undefined;
  readonly onlineLevel?: OnlineLevel | undefined;
  readonly offeredOnline?: boolean | undefined;
  readonly eligibleForFull?: boolean | undefined;
  readonly fee?: boolean | undefined;
  readonly onlinePayment?: boolean | undefined;
  readonly citizen?: boolean | undefined;
  readonly resultDocument?: boolean | undefined;
  readonly certifiedCopies?: boolean | undefined;
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
  const days = checkValidity(proposed);
  if (!days.ok) return days;
  for (const duty of ['announcement', 'publication'] as const) {
    const dates = checkDuty(proposed[duty], duty);
    if (!dates.ok) return dates;
  }
  if (id.unit !== undefined && directory.find(id.unit) === undefined) {
    return refused('PROCEDURE.UNKNOWN_UNIT', 'the unit is not recorded; record it first', 'unit');
  }
  const amount = proposed.term?.amount;
  if (amount !== undefined && !(Number.isSafeInteger(amount) && amount >= 1 && amount <= LONGEST_TERM)) {
    return refused('PROCEDURE.TERM_OUT_OF_RANGE', `a term is a whole number from 1 to ${LONGEST_TERM}`, 'term.amount');
  }
  return ok(nextVersion(history, proposed, now));
}

function checkDuty(duty: Duty | undefined, path: string): Result<undefined> {
  const dueOn = checkDay(duty?.dueOn, `${path}.dueOn`);
  return dueOn.ok ? checkDay(duty?.on, `${path}.on`) : dueOn;
}
