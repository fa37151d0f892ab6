import {
  addMeasures, NO_MEASURES, rollUp, stockMeasures, type Measures, type ProcedureStocks, type ReportsOfUnits, type UnitTree,
} from '@index766/index-766';
import type { Instant, LocalDay, Period, UnitCode } from '@index766/kernel';

/** What the catalog says that figures are made of, as it is known now or was known at K. */
export interface CatalogFigures {
  /** The tree valid on a day. */
  treeOn(day: LocalDay): UnitTree;
  /** Every unit that it has or ever had. */
  unitsEver(): ReadonlySet<UnitCode>;
  stocksOf(unit: UnitCode, period: Period, evaluatedAt: Instant): ProcedureStocks;
  unitsWithProcedures(): Iterable<UnitCode>;
  reportedFor(period: string): ReportsOfUnits;
}

/** Measures of the stocks of every unit of a tree that has procedures of its own; `isNeeded`: of these alone. */
export function stocksIn(
  tree: UnitTree, catalog: CatalogFigures, period: Period, evaluatedAt: Instant, isNeeded: (unit: UnitCode) => boolean = () => true,
): ReadonlyMap<UnitCode, Measures> {
  return new Map([...catalog.unitsWithProcedures()].flatMap((unit) => {
    const node = tree.nodes.get(unit);
    return node === undefined || !isNeeded(unit) ? [] : [[unit, stockMeasures(unit, node.level, catalog.stocksOf(unit, period, evaluatedAt))] as const];
  }));
}

/** Dossiers and petitions, and the stocks beside them: of every unit that has either. */
export function withStocks(own: ReadonlyMap<UnitCode, Measures>, stocks: ReadonlyMap<UnitCode, Measures>): ReadonlyMap<UnitCode, Measures> {
  const parts = new Map(own);
  for (const [unit, ofStocks] of stocks) parts.set(unit, addStocks(own.get(unit), ofStocks));
  return parts;
}

/** Dossiers and petitions, stocks and reports, rolled up together: where all that a figure is made of comes to one. */
export function rolledUpWith(
  tree: UnitTree, own: ReadonlyMap<UnitCode, Measures>, stocks: ReadonlyMap<UnitCode, Measures>, reported: ReportsOfUnits,
): ReadonlyMap<UnitCode, Measures> {
  return rollUp(tree, withStocks(own, stocks), reported);
}

/** As `withStocks`, of some units, without those that have stocks alone. */
export function eachWithStocks(
  own: Iterable<readonly [UnitCode, Measures]>, stocks: ReadonlyMap<UnitCode, Measures>,
): ReadonlyMap<UnitCode, Measures> {
  return new Map([...own].map(([unit, measures]) => [unit, addStocks(measures, stocks.get(unit))]));
}

function addStocks(measures: Measures = NO_MEASURES, stocks: Measures = NO_MEASURES): Measures {
  return addMeasures(measures, stocks);
}
