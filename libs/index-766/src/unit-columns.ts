import { evaluationEnd, type Span } from '@index766/dossier-life';
import { earliest, type Instant, type UnitCode } from '@index766/kernel';
import type { CaseColumns } from './case-columns';
import { caseMeasures, type CaseContext } from './case-measures';
import { ColumnTally } from './column-tally';
import { CASE_SETS, codeSets, NO_MEASURES, sumMeasures, type Measures } from './measures';
import { recordOf } from './record-of';

const NO_CASES: Measures = { ...NO_MEASURES, sets: codeSets(recordOf(CASE_SETS, () => [])) };

/** All cases of one unit, in columns that go back in time: those of long ago are not looked at. Never changed. */
export class UnitColumns {
  private constructor(
    private readonly columns: readonly CaseColumns[],
    private readonly lastInstants: Float64Array,
  ) {}

  static of(columns: Iterable<CaseColumns>): UnitColumns {
    const latestFirst = [...columns].sort((a, b) => b.lastInstant - a.lastInstant);
    return new UnitColumns(latestFirst, Float64Array.from(latestFirst, ({ lastInstant }) => lastInstant));
  }

  /**
   * The same as `caseMeasures` over all of the cases.
   *
   * @param contextOf asked only where a case can count: a unit is asked for every period
   */
  measures(unit: UnitCode, period: Span, at: Instant, contextOf: () => CaseContext): Measures {
    const until = evaluationEnd(period, at);
    const since = earliest(period.start, until);
    const counting = this.since(since);
    if (counting.length === 0) return NO_CASES;
    const context = contextOf();
    const tally = new ColumnTally();
    for (const columns of counting) columns.count(tally, since, { start: period.start, until, at, context });
    const others = counting.flatMap((columns) => columns.othersSince(since));
    return others.length === 0 ? tally.measures() : sumMeasures([tally.measures(), caseMeasures(others, unit, period, at, context)]);
  }

  /** Those in which a case can count from an instant on. */
  private since(instant: number): readonly CaseColumns[] {
    const end = this.lastInstants.findIndex((last) => last < instant);
    return end === -1 ? this.columns : this.columns.slice(0, end);
  }
}
