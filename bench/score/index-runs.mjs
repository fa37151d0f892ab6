// The index over the same cases, petitions and records, by the aggregator's own stages: measures of every unit, roll-up, points.
import { createRequire } from 'node:module';
import { countMeasures, getDefinition, pairOf, RolledUp, rollUp, scoreOf, sumMeasures } from '@index766/index-766';
import { casesOf, unitCode } from './cases.mjs';
import { COUNTRY } from './catalog.mjs';
import { unitNumber } from './rows.mjs';
import { petitionsOf } from './petitions.mjs';

const require = createRequire(import.meta.url);
const aggregator = (file) => require(`../../apps/aggregator/dist/${file}.js`);
const { PETITIONS } = aggregator('ledger/petitions');
const { MEASURED_CASES, measureColumnsBy } = aggregator('measures/case-measures');
const { measuredPetitionsBy, measureReceivedBy } = aggregator('measures/petition-measures');
const { UnitViews } = aggregator('measures/unit-views');
const { eachWithStocks, rolledUpWith, stocksIn, withStocks } = aggregator('scores/own-figures');
const { rootsBelow, treeOfRoot, treeOfRoots } = aggregator('scores/root-trees');

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
      for (const unit of PETITIONS.unitsOf(view)) this.byCode.get(unit)?.petitions.put(view.petition, view);
    }
  }

  measures(period) {
    return new Map(this.units.map((unit) => [unit.code, unit.measures(period)]));
  }

  /** By root; made once a day and kept by whoever merges it. */
  stocks(period) {
    const tree = this.tree(period);
    return new Map(rootsBelow(tree, COUNTRY).map((root) => [root, stocksIn(treeOfRoot(tree, root), this.reference, period, period.end)]));
  }

  /** After one fact about the last dossier of a unit, which ends and is open again by turns: its measures, everything above it up to its province, their points. */
  updater(province, period) {
    const tree = treeOfRoot(this.tree(period), province);
    const stocks = this.stocks(period).get(province);
    const own = this.measuresWithin(tree, period);
    let rolledUp = RolledUp.of(tree, withStocks(own, stocks), this.reference.reportedFor(period.name));
    const unit = [...own.keys()].map((code) => this.byCode.get(code)).find(({ cases }) => cases.size > 0);
    const open = [...unit.cases.all()].at(-1);
    const ended = { ...open, dossier: { ...open.dossier, endedAt: period.end - 1, endStatus: 9 } };
    let next = ended;
    return () => {
      unit.cases.put(next.dossier.dossier, next);
      next = next === ended ? open : ended;
      rolledUp = rolledUp.with(eachWithStocks([[unit.code, unit.measures(period)]], stocks));
      for (const code of [unit.code, province]) scoreOf(definition, countMeasures(rolledUp.measuresOf(code)), tree.nodes.get(code).level);
    };
  }

  /**
   * The six groups of every unit, province and the country, in the form of the SQL's rows, in the order of the units. As the
   * aggregator makes them: root by root, and the country of what its roots have.
   */
  figures(period, stocks) {
    const tree = this.tree(period);
    const reported = this.reference.reportedFor(period.name);
    const ofRoots = new Map();
    const rows = [];
    for (const [root, ofRoot] of stocks) {
      const part = treeOfRoot(tree, root);
      const rolledUp = rolledUpWith(part, this.measuresWithin(part, period), ofRoot, reported);
      for (const [code, measures] of rolledUp) rows.push(rowOf(code, measures, tree.nodes.get(code).level));
      ofRoots.set(root, rolledUp.get(root));
    }
    const country = tree.nodes.get(COUNTRY);
    rows.push(rowOf(COUNTRY, rollUp(treeOfRoots(tree, country), ofRoots, reported).get(COUNTRY), country.level));
    return rows.sort(([a], [b]) => a - b);
  }

  measuresWithin(tree, period) {
    return new Map([...tree.nodes.keys()].flatMap((code) => {
      const unit = this.byCode.get(code);
      return unit === undefined ? [] : [[code, unit.measures(period)]];
    }));
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
function rowOf(code, measures, level) {
  const counted = countMeasures(measures);
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

/** Of undefined or null, where there are no points, NaN. */
function numberOf(points) {
  return points ? Number(points.numerator) / Number(points.denominator) : NaN;
}

function inOrder(views, instantOf) {
  return [...views].sort((a, b) => instantOf(a) - instantOf(b));
}
