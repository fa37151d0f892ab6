// The index over the same cases: columns of every unit, measures, roll-up, points.
import { createRequire } from 'node:module';
import { CaseColumns, countMeasures, getDefinition, RolledUp, rollUp, scoreOf, stockMeasures, sumMeasures, NO_STOCKS } from '@index766/index-766';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { casesOf, procedureCode, provinceCode, PROVINCES, stockOf, unitCode, UNITS, WEEK } from './cases.mjs';
import { figuresText } from './figures-sql.mjs';

const require = createRequire(import.meta.url);
const { UnitViews } = require('../../apps/aggregator/dist/measures/unit-views.js');

const definition = getDefinition('qd766-2026');
const context = { calendar: calendarFor(VIETNAM_CALENDAR, []), hasResultDocument: () => true };

const TREE = treeOfUnits();

/** Cases of a unit as the aggregator keeps them in memory, in the order in which they were received, and what it publishes. */
export class UnitCases {
  constructor(unit, extent) {
    this.code = unitCode(unit);
    this.stocks = stockMeasures(this.code, 'COMMUNE', stocksOf(unit));
    this.views = new UnitViews((views) => {
      const columns = CaseColumns.of(views);
      return (code, period, at) => columns.measures(code, period, at, context);
    });
    for (const view of [...casesOf(unit, extent)].sort((a, b) => a.dossier.receivedAt - b.dossier.receivedAt)) this.put(view);
  }

  /** A case came, or became another one. */
  put(view) {
    this.views.put(view.dossier.dossier, view);
  }

  measures(period) {
    return sumMeasures([this.views.measures(this.code, period, period.end), this.stocks]);
  }
}

/** The six groups of every unit, province and the country. */
export function scoresOf(units, period) {
  const own = new Map(units.map((unit) => [unit.code, unit.measures(period)]));
  return new Map([...rollUp(TREE, own)].map(([code, measures]) => [code, scoreOfUnit(code, measures)]));
}

export function scoreOfUnit(code, measures) {
  return scoreOf(definition, countMeasures(measures), TREE.nodes.get(code).level);
}

/** The week of one province, as whoever merges it has it in memory. */
export function provinceRolledUp(province, units) {
  const isWithin = (code) => code === province || code.startsWith(`${province}.`);
  const nodes = [...TREE.nodes].filter(([code]) => isWithin(code)).map(([code, node]) => [code, { ...node, parent: code === province ? null : node.parent }]);
  const own = units.filter(({ code }) => isWithin(code)).map((unit) => [unit.code, unit.measures(WEEK)]);
  return RolledUp.of({ ...TREE, nodes: new Map(nodes) }, new Map(own), new Map());
}

/** The figures of every unit in the form of the SQL's rows. */
export function figuresOf(units, period) {
  const counted = units.map((unit) => countMeasures(unit.measures(period)));
  const sums = counted.flatMap(({ pairs }, unit) => (pairs['on-time'].denominator === 0 ? [] : [[
    unit, pairs['on-time'].denominator, pairs['on-time'].numerator, pairs['received-online'].denominator, pairs['received-online'].numerator,
    pairs['dossiers-synchronised'].numerator, pairs['dossiers-paid-online'].denominator, pairs['dossiers-paid-online'].numerator,
    pairs['dossiers-satisfied'].numerator, pairs['electronic-results'].numerator, pairs['dossiers-digitised'].numerator, pairs['components-reused'].numerator,
    pairs['personal-store-used'].numerator, pairs['population-data-used'].numerator, pairs['resolved-in-full'].denominator, pairs['resolved-in-full'].numerator,
    pairs['processing-time'].numerator,
  ]]));
  const distinct = counted.map(({ distinct: each }, unit) => [
    unit, each['online-services-used'].denominator, each['online-services-used'].numerator, each['procedures-paid-online'].denominator,
    each['procedures-paid-online'].numerator, each['procedures-fee-synchronised'].numerator, each['procedures-population-data-used'].denominator,
    each['procedures-population-data-used'].numerator,
  ]);
  return figuresText(sums, distinct);
}

function stocksOf(unit) {
  const stock = stockOf(unit);
  const codes = (has) => [...new Set(stock.filter(has).map(({ procedure }) => procedureCode(procedure)))].sort();
  return { ...NO_STOCKS, own: { ...NO_STOCKS.own, 'online-offered': codes(({ online }) => online), 'fee-procedures': codes(({ fee }) => fee), 'citizen-procedures': codes(({ citizen }) => citizen) } };
}

function treeOfUnits() {
  const node = (code, level, parent) => [code, { code, name: code, level, parent }];
  const provinces = Array.from({ length: PROVINCES }, (_, province) => node(provinceCode(province), 'PROVINCE', 'VN'));
  const communes = Array.from({ length: UNITS }, (_, unit) => node(unitCode(unit), 'COMMUNE', provinceCode(unit % PROVINCES)));
  return { nodes: new Map([node('VN', 'COUNTRY', null), ...provinces, ...communes]), children: new Map(), successors: new Map() };
}
