import { CaseColumns, caseMeasures, caseWakeAt, UnitColumns, type CaseContext, type CaseView } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import { CASES } from '../ledger';
import type { Reference } from '../reference';
import type { MeasureUnit, MeasureViews } from './measure-unit';
import type { MeasuredSubject } from './measured-subject';

export const MEASURED_CASES: MeasuredSubject<CaseView> = {
  idOf: CASES.idOf, unitsOf: CASES.unitsOf, isOver: ({ dossier: { endedAt, refusedAt, voided } }) => endedAt !== null || refusedAt !== null || voided,
  wakeAt: caseWakeAt,
};

/** Measures by the calendar that holds for the unit on the period's last day, and its procedures' records at T. */
export function measureCasesBy(reference: Reference): MeasureUnit<CaseView> {
  return (views, unit, period, evaluatedAt) => caseMeasures(views, unit, period, evaluatedAt, contextOf(reference, unit, period, evaluatedAt));
}

/** The same as columns of numbers (ADR 0143): for cases that are measured again and again. */
export function measureColumnsBy(reference: Reference): MeasureViews<CaseView, CaseColumns, UnitColumns> {
  return {
    ready: (views) => CaseColumns.of(views),
    join: (pieces) => UnitColumns.of(pieces),
    measures: (columns, unit, period, evaluatedAt) =>
      columns.measures(unit, period, evaluatedAt, () => contextOf(reference, unit, period, evaluatedAt)),
  };
}

function contextOf(reference: Reference, unit: UnitCode, period: Period, evaluatedAt: Instant): CaseContext {
  return { calendar: reference.calendarOf(unit, period.lastDay), hasResultDocument: reference.hasResultDocument(unit, period, evaluatedAt) };
}
