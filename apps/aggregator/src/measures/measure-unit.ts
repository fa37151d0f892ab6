import type { DossierView } from '@index766/dossier-life';
import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

/**
 * The measures of one unit itself, without those below it, over some of the dossiers that it holds or held. Pure: the
 * same views, period and instant give the same measures.
 */
export type MeasureUnit = (
  views: Iterable<DossierView>,
  unit: UnitCode,
  period: Period,
  evaluatedAt: Instant,
) => Measures;
