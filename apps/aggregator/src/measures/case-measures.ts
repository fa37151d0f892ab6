import { caseMeasures, caseWakeAt, type CaseView } from '@index766/index-766';

import { CASES } from '../ledger';
import type { Reference } from '../reference';
import type { MeasureUnit } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

export const MEASURED_CASES: MeasuredSubject<CaseView> = { idOf: CASES.idOf, unitsOf: CASES.unitsOf, wakeAt: caseWakeAt };

/** Measures by the calendar that holds for the unit on the period's last day, and its procedures' records at T. */
export function measureCasesBy(reference: Reference): MeasureUnit<CaseView> {
  return (views, unit, period, evaluatedAt) => caseMeasures(views, unit, period, evaluatedAt, {
    calendar: reference.calendarOf(unit, period.lastDay), hasResultDocument: reference.hasResultDocument(unit, period, evaluatedAt),
  });
}
