import type { DossierView } from '@index766/dossier-life';
import { caseMeasures, dossierAlone, type Measures } from '@index766/index-766';
import type { Instant, LocalDay, Period, UnitCode } from '@index766/kernel';
import type { WorkingCalendar } from '@index766/working-time';

/**
 * The measures of one unit itself, without those below it, over some of the dossiers that it holds or held. Pure: the
 * same views, period, instant and calendar give the same measures.
 */
export type MeasureUnit = (
  views: Iterable<DossierView>,
  unit: UnitCode,
  period: Period,
  evaluatedAt: Instant,
) => Measures;

/** Measures by the calendar that holds for the unit on the period's last day. */
export function measureUnitBy(calendarOf: (unit: UnitCode, day: LocalDay) => WorkingCalendar): MeasureUnit {
  return (views, unit, period, evaluatedAt) =>
    caseMeasures([...views].map(dossierAlone), unit, period, evaluatedAt, {
      calendar: calendarOf(unit, period.lastDay), hasResultDocument: () => true,
    });
}
