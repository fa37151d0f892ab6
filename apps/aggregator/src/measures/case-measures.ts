import { wakeAt } from '@index766/dossier-life';
import { progressMeasures } from '@index766/index-766';
import type { Instant, LocalDay, UnitCode } from '@index766/kernel';
import { nextChangeAfter } from '@index766/payment-life';
import type { WorkingCalendar } from '@index766/working-time';

import { CASES, type CaseView } from '../ledger';
import type { MeasureUnit } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

export const MEASURED_CASES: MeasuredSubject<CaseView> = {
  idOf: CASES.idOf,
  unitsOf: CASES.unitsOf,
  wakeAt: ({ dossier, payments }, at) => soonest([wakeAt(dossier, at), nextChangeAfter(payments, at)]),
};

/** Measures by the calendar that holds for the unit on the period's last day. */
export function measureCasesBy(calendarOf: (unit: UnitCode, day: LocalDay) => WorkingCalendar): MeasureUnit<CaseView> {
  return (views, unit, period, evaluatedAt) =>
    progressMeasures([...views].map(({ dossier }) => dossier), unit, period, evaluatedAt, calendarOf(unit, period.lastDay));
}

function soonest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((next, instant) => (next === null || (instant !== null && instant < next) ? instant : next), null);
}
