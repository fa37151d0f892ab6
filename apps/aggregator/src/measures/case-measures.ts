import { caseMeasures, caseWakeAt, type CaseView } from '@index766/index-766';
import type { LocalDay, UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

import { CASES } from '../ledger';
import type { MeasureUnit } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

export const MEASURED_CASES: MeasuredSubject<CaseView> = { idOf: CASES.idOf, unitsOf: CASES.unitsOf, wakeAt: caseWakeAt };

/** Measures by the calendar that holds for the unit on the period's last day. */
export function measureCasesBy(calendarOf: (unit: UnitCode, day: LocalDay) => WorkingCalendar): MeasureUnit<CaseView> {
  return (views, unit, period, evaluatedAt) => caseMeasures(views, unit, period, evaluatedAt, {
    calendar: calendarOf(unit, period.lastDay), hasResultDocument: () => true,
  });
}
