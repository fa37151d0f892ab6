// The index over the same cases, petitions and records, by the aggregator's own stages: measures of every unit, roll-up, points.
import { createRequire } from 'node:module';
import { countMeasures, getDefinition, pairOf, RolledUp, scoreOf, sumMeasures } from '@index766/index-766';
import { casesOf, unitCode } from './cases.mjs';
import { unitNumber } from './rows.mjs';
import { petitionsOf } from './petitions.mjs';

const require = createRequire(import.meta.url);
const aggregator = (file) => require(`../../apps/aggregator/dist/${file}.js`);
const { PETITIONS } = aggregator('ledger/petitions');
const { MEASURED_CASES, measureColumnsBy } = aggregator('measures/case-measures');
const { measuredPetitionsBy, measureReceivedBy } = aggregator('measures/petition-measures');
const { UnitViews } = aggregator('measures/unit-views');
const { eachWithStocks, rolledUpWith, stocksIn, withStocks } = aggregator('scores/own-figures');
const { treeOfRoot } = aggregator('scores/root-trees');

export const definition = getDefinition('qd766-2026');
const INDICATORS = definition.groups.flatMap(({ indicators }) => indicators);

/** Cases and petitions of a unit as the aggregator keeps them in memory, in the order in which they were received. */
class UnitLedger {
  constructor(code, reference) {
    this.code = code;
    this.cases = new UnitViews(measureColumnsBy(reference), MEASURED_CASES.isOver);
    this.petitions = new UnitViews(measureReceivedBy(reference), measuredPetitionsBy(reference).isOver);
  }

  measures(period) {
    return sumMeasures([this.cases, this.petitions].map((views) => views.measures(this.code, period, period.end)));
  }
}

/** What all units hold, and what the catalog says of them. */
export class Ledgers {
  constructor(reference, units, extent) {
    this.reference = reference;
    this.units = Array.from({ length: units }, (_, unit) => new UnitLedger(unitCode(unit), reference));
    this.byCode = new Map(this.units.map((unit) => [unit.code, unit]));
    for (const [number, { cases }] of this.units.entries()) {
      for (const view of inOrder(casesOf(number, extent), ({ dossier }) => dossier.receivedAt)) cases.put(view.dossier.dossier, view);
    }
    const petitions = this.units.flatMap((_, number) => [...petitionsOf(number, extent)]);
    for (const view of inOrder(petitions, ({ receivedAt }) => receivedAt)) {
      for (const unit of PETITIONS.unitsOf(view)) this.byCode.get(unit).petitions.put(view.petition, view);
    }
  }

  measures(period) {
    return new Map(this.units.map((unit) => [unit.code, unit.measures(period)]));
  }

  /** Made once a day and kept by whoever merges. */
  stocks(period) {
    return stocksIn(this.tree(period), this.reference, period, period.end);
  }

  /** After one fact about the last dossier of a unit: its measures, everything above it up to its province, their points. */
  updater(province, period) {
    const stocks = this.stocks(period);
    const tree = treeOfRoot(this.tree(period), province);
    const isWithin = (code) => tree.nodes.has(code);
    const own = new Map(this.units.filter(({ code }) => isWithin(code)).map((unit) => [unit.code, unit.measures(period)]));
    const ofProvince = new Map([...stocks].filter(([code]) => isWithin(code)));
    let rolledUp = RolledUp.of(tree, withStocks(own, ofProvince), this.reference.reportedFor(period.name));
    const unit = this.units.find(({ code, cases }) => isWithin(code) && cases.size > 0);
    const view = [...unit.cases.all()].at(-1);
    return () => {
      unit.cases.put(view.dossier.dossier, { ...view, dossier: { ...view.dossier, endedAt: period.end - 1, endStatus: 9 } });
      rolledUp = rolledUp.with(eachWithStocks([[unit.code, unit.measures(period)]], ofProvince));
      for (const code of [unit.code, province]) scoreOfUnit(tree, code, rolledUp.measuresOf(code));
    };
  }

  /** The six groups of every unit, province and the country, in the form of the SQL's rows, in the order of the units. */
  figures(period, stocks) {
    const tree = this.tree(period);
    const rolledUp = rolledUpWith(tree, this.measures(period), stocks, this.reference.reportedFor(period.name));
    const rows = [...rolledUp].map(([code, measures]) => rowOf(code, countMeasures(measures), tree.nodes.get(code).level));
    return rows.sort(([a], [b]) => a - b);
  }

  tree(period) {
    return this.reference.treeOn(period.lastDay);
  }
}

/** Names of the figures of a row. */
export const FIGURES = [
  'unit', ...INDICATORS.flatMap(({ id, kind }) => [`${id} numerator`, `${id} denominator`, ...(kind === 'shown' ? [] : [`${id} points`])]),
  ...definition.groups.map(({ id }) => `${id} points`), 'total points',
];

/** Numbers alone; NaN where there is no figure. */
function rowOf(code, counted, level) {
  const { groups, total } = scoreOf(definition, counted, level);
  const row = new Float64Array(FIGURES.length);
  let column = 0;
  const put = (figure) => { row[column++] = figure; };
  put(unitNumber(code));
  let at = 0;
  for (const { indicators } of groups) {
    for (const { points } of indicators) {
      const { measure, kind } = INDICATORS[at++];
      const pair = pairOf(counted, measure);
      put(pair?.numerator ?? NaN);
      put(pair?.denominator ?? NaN);
      if (kind !== 'shown') put(numberOf(points));
    }
  }
  for (const { points } of groups) put(numberOf(points));
  put(numberOf(total.points));
  return row;
}

function scoreOfUnit(tree, code, measures) {
  return scoreOf(definition, countMeasures(measures), tree.nodes.get(code).level);
}

/** Of undefined or null, where there are no points, NaN. */
function numberOf(points) {
  return points ? Number(points.numerator) / Number(points.denominator) : NaN;
}

function inOrder(views, instantOf) {
  return [...views].sort((a, b) => instantOf(a) - instantOf(b));
}
