import { nextChangeAfter as nextChangeOfDocuments } from '@index766/document-life';
import { wakeAt } from '@index766/dossier-life';
import { nextChangeAfter as nextChangeOfFeedback } from '@index766/feedback-life';
import { progressMeasures } from '@index766/index-766';
import type { Instant, LocalDay, UnitCode } from '@index766/kernel';
import { nextChangeAfter as nextChangeOfPayments } from '@index766/payment-life';
import type { WorkingCalendar } from '@index766/working-time';

import { CASES, type CaseView } from '../ledger';
import type { MeasureUnit } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

export const MEASURED_CASES: MeasuredSubject<CaseView> = {
  idOf: CASES.idOf,
  unitsOf: CASES.unitsOf,
  wakeAt: ({ dossier, payments, documents, feedback }, at) => soonest([
    wakeAt(dossier, at), nextChangeOfPayments(payments, at), nextChangeOfDocuments(documents, at), nextChangeOfFeedback(feedback, at),
  ]),
};

/** Measures by the calendar that holds for the unit on the period's last day. */
export function measureCasesBy(calendarOf: (unit: UnitCode, day: LocalDay) => WorkingCalendar): MeasureUnit<CaseView> {
  return (views, unit, period, evaluatedAt) =>
    progressMeasures([...views].map(({ dossier }) => dossier), unit, period, evaluatedAt, calendarOf(unit, period.lastDay));
}

function soonest(instants: readonly (Instant | null)[]): Instant | null {
  return instants.reduce((next, instant) => (next === null || (instant !== null && instant < next) ? instant : next), null);
}
