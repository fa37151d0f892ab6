import type { UnitCode } from '@index766/kernel';
import { misfitsOf } from '../dossier/unit-roles';
import { OF_THE_PROVINCE } from './announced-procedures';
import { countsByUnit, NO_COUNTS, type Counts } from './counts-by-unit';
import { certifiesCopies, isCounted, type CountedRow, type FigureRow } from './figure-row';
import { plansUnder } from './unit-plans';
import { unitPlacesIn, type UnitPlaces } from './unit-places';

/** A rule of index-766.md §7 that the figures break, and the rows that are left out for it. */
export interface Inconsistency {
  readonly rule: string;
  readonly unit: UnitCode;
  readonly detail: string;
  readonly excluded: readonly string[];
}

export interface ConsistentFigures {
  /** The rows that keep every rule. */
  readonly rows: readonly FigureRow[];
  readonly inconsistencies: readonly Inconsistency[];
}

interface Rule {
  readonly rule: string;
  /** The indicators that are left out if it is broken. */
  readonly excludes: readonly string[];
  /** Undefined where a row is missing: nothing to compare. */
  readonly holds: (counts: Counts) => boolean | undefined;
}

const SAME_DENOMINATOR = ['4.1', '4.2', '4.3', '4.4', '4.5b', '5.4'];
const ADDITIVE = ['1.4', '2.1', '3.3', '3.6', '4.1', '4.2', '4.3', '4.4', '4.5b', '5.2', '5.3', '5.4', '5.1-TTHC', '5.1-STAFF'];
const DISTINCT = ['1.1', '1.2', '1.3', '3.1', '3.2', '3.5a', '3.5b', '4.5a'];

/** Two numerators of one set of procedures. */
const SAME_SET: readonly string[] = ['3.5a', '3.5b'];
const SET_OF_THE_PROVINCE: ReadonlySet<string> = new Set(OF_THE_PROVINCE);

const numerator = (counts: Counts, id: string) => counts.get(id)?.numerator;
const denominator = (counts: Counts, id: string) => counts.get(id)?.denominator;
const atMost = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a <= b);
const equal = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a === b);

const RULES: readonly Rule[] = [
  { rule: '5.4 n ≤ 2.1 n', excludes: ['5.4'], holds: (counts) => atMost(numerator(counts, '5.4'), numerator(counts, '2.1')) },
  ...SAME_DENOMINATOR.map((id): Rule => ({
    rule: `${id} d = 2.1 d`, excludes: [id], holds: (counts) => equal(denominator(counts, id), denominator(counts, '2.1')),
  })),
  ...['3.6', '3.3'].map((id): Rule => ({
    rule: `${id} d ≤ 2.1 d`, excludes: [id], holds: (counts) => atMost(denominator(counts, id), denominator(counts, '2.1')),
  })),
  { rule: '4.2 n ≤ 4.1 n', excludes: ['4.2'], holds: (counts) => atMost(numerator(counts, '4.2'), numerator(counts, '4.1')) },
  { rule: '5.3 n ≤ 5.2 n', excludes: ['5.3'], holds: (counts) => atMost(numerator(counts, '5.3'), numerator(counts, '5.2')) },
  { rule: '5.2 d = 5.3 d', excludes: ['5.2', '5.3'], holds: (counts) => equal(denominator(counts, '5.2'), denominator(counts, '5.3')) },
  { rule: '3.5a d = 3.5b d', excludes: ['3.5a', '3.5b'], holds: (counts) => equal(denominator(counts, '3.5a'), denominator(counts, '3.5b')) },
];

/** What no dossiers and no petitions could come to: rules that follow from what the indicators count. */
const IMPOSSIBLE: readonly Rule[] = [
  { rule: '3.2 n ≤ 3.3 n', excludes: ['3.2'], holds: (counts) => atMost(numerator(counts, '3.2'), numerator(counts, '3.3') ?? denominator(counts, '2.1')) },
  { rule: '3.5b n ≤ 3.6 d', excludes: ['3.5b'], holds: (counts) => atMost(numerator(counts, '3.5b'), denominator(counts, '3.6') ?? denominator(counts, '2.1')) },
  { rule: '4.5a n ≤ 4.5b n', excludes: ['4.5a'], holds: (counts) => atMost(numerator(counts, '4.5a'), numerator(counts, '4.5b') ?? denominator(counts, '2.1')) },
  { rule: '1.1 n ≤ 3.1 d', excludes: ['1.1'], holds: (counts) => atMost(numerator(counts, '1.1'), denominator(counts, '3.1')) },
  { rule: '1.2 n ≤ 1.3 d', excludes: ['1.2'], holds: (counts) => atMost(numerator(counts, '1.2'), denominator(counts, '1.3')) },
  ...['5.1-TTHC', '5.1-STAFF'].map((id): Rule => ({
    rule: `${id} d = 5.2 d`, excludes: [id], holds: (counts) => equal(denominator(counts, id), denominator(counts, '5.2') ?? denominator(counts, '5.3')),
  })),
  { rule: '5.1-TTHC n + 5.1-STAFF n ≤ d', excludes: ['5.1-STAFF'], holds: (counts) => {
    const [rules, conduct] = [numerator(counts, '5.1-TTHC'), numerator(counts, '5.1-STAFF')];
    return rules === undefined || conduct === undefined ? undefined : atMost(rules + conduct, denominator(counts, '5.1-STAFF'));
  } },
];

/** What a province offers online itself is among the services that are offered in it. */
const IMPOSSIBLE_ABOVE: readonly Rule[] = [
  { rule: '3.1 n ≤ 3.2 d', excludes: ['3.1'], holds: (counts) => atMost(numerator(counts, '3.1'), denominator(counts, '3.2')) },
];

/** Checks monthly rows against the rules of index-766.md §7 and leaves out what breaks one. */
export function checkConsistency(rows: readonly FigureRow[], places: UnitPlaces = unitPlacesIn(rows)): ConsistentFigures {
  const inconsistencies: Inconsistency[] = [];
  let kept = rows;
  for (const [unit, counts] of countsByUnit(rows)) {
    const rules = [...RULES, ...IMPOSSIBLE, ...(places.tops.some(({ code }) => code === unit) ? IMPOSSIBLE_ABOVE : [])];
    kept = without(kept, unit, brokenWithin(unit, counts, rules, inconsistencies));
  }
  for (const { code } of places.tops) {
    for (const [unit, broken] of brokenBelow(code, places, countsByUnit(kept), inconsistencies)) kept = without(kept, unit, broken);
    kept = without(kept, code, brokenCopies(code, places, kept, inconsistencies));
    kept = keepPossible(code, places, kept, inconsistencies);
  }
  return { rows: kept, inconsistencies };
}

function without(rows: readonly FigureRow[], unit: UnitCode, broken: ReadonlySet<string>): readonly FigureRow[] {
  return broken.size === 0 ? rows : rows.filter((row) => row.unit !== unit || !broken.has(row.indicator));
}

function brokenWithin(unit: UnitCode, counts: Counts, rules: readonly Rule[], inconsistencies: Inconsistency[]): ReadonlySet<string> {
  const broken = new Set<string>();
  const report = (rule: string, excluded: readonly string[]) => {
    const figures = [...counts.values()].filter(({ indicator }) => rule.includes(indicator)).map(describe);
    inconsistencies.push({ rule, unit, detail: figures.join(', '), excluded });
    for (const indicator of excluded) broken.add(indicator);
  };
  for (const row of counts.values()) {
    if (row.numerator > row.denominator) report(`${row.indicator} n ≤ d`, [row.indicator]);
  }
  for (const { rule, excludes, holds } of rules) {
    // A row that is out already is no measure for another.
    const left = new Map([...counts].filter(([indicator]) => !broken.has(indicator)));
    const excluded = excludes.filter((indicator) => left.has(indicator));
    if (excluded.length > 0 && holds(left) === false) report(rule, excluded);
  }
  return broken;
}

/** What the province has beyond its units must be possible: balancing units take it. What only it has, its units show. */
function brokenBelow(
  province: UnitCode, { parents }: UnitPlaces, byUnit: ReadonlyMap<UnitCode, Counts>, inconsistencies: Inconsistency[],
): ReadonlyMap<UnitCode, ReadonlySet<string>> {
  const below = [...byUnit].filter(([unit, counts]) => parents.get(unit) === province && counts.has('2.1')).map(([, counts]) => counts);
  const broken = new Map<UnitCode, Set<string>>();
  const report = (rule: string, row: CountedRow, detail: string) => {
    inconsistencies.push({ rule, unit: row.unit, detail, excluded: [row.indicator] });
    broken.set(row.unit, (broken.get(row.unit) ?? new Set()).add(row.indicator));
  };
  const own = byUnit.get(province) ?? NO_COUNTS;
  for (const row of own.values()) {
    const children = below.flatMap((counts) => counts.get(row.indicator) ?? []);
    if (ADDITIVE.includes(row.indicator)) {
      const left = {
        numerator: row.numerator - sum(children.map((child) => child.numerator)),
        denominator: row.denominator - sum(children.map((child) => child.denominator)),
      };
      if (left.numerator < 0 || left.numerator > left.denominator) {
        report(`${row.indicator}: 0 ≤ n ≤ d for what its units leave`, row, `${left.numerator}/${left.denominator} is left`);
      }
    }
    if (DISTINCT.includes(row.indicator)) {
      const sameSet = SAME_SET.includes(row.indicator) ? below.flatMap((counts) => SAME_SET.flatMap((indicator) => counts.get(indicator) ?? [])) : [];
      const above = children.find((child) => child.numerator > row.numerator || child.denominator > row.denominator)
        ?? sameSet.find((child) => child.denominator > row.denominator);
      if (above !== undefined) report(`${row.indicator}: no unit above its parent`, row, `${describe(row)}, ${above.unit} ${describe(above)}`);
    }
  }
  for (const indicator of SET_OF_THE_PROVINCE) {
    const rows = below.flatMap((counts) => counts.get(indicator) ?? []);
    const set = (broken.get(province)?.has(indicator) === true ? undefined : own.get(indicator)) ?? rows[0];
    for (const row of rows) {
      if (set === undefined || (row.numerator === set.numerator && row.denominator === set.denominator)) continue;
      report(`${indicator} = its province's`, row, `${describe(row)}, ${set.unit} ${describe(set)}`);
    }
  }
  return broken;
}

/** A province offers certified copies as far as its communes do; if none of them says anything, it does in full. */
function brokenCopies(
  province: UnitCode, { parents }: UnitPlaces, rows: readonly FigureRow[], inconsistencies: Inconsistency[],
): ReadonlySet<string> {
  const own = rows.find(({ unit, indicator }) => unit === province && indicator === '4.6');
  if (own === undefined) return new Set();
  const communes = rows.filter((row) => parents.get(row.unit) === province && row.level === 'COMMUNE');
  const made = communes.filter(({ indicator, numerator }) => indicator === '2.1' && numerator !== null).length;
  const said = communes.flatMap((row) => (row.indicator === '4.6' ? (certifiesCopies(row) ?? []) : []));
  const [offering, all] = said.length === 0 ? [0, 0] : [said.filter(Boolean).length, made];
  const agrees = isCounted(own) ? own.numerator === offering && own.denominator === all : all === 0 || offering === all;
  if (agrees) return new Set();
  const detail = `${isCounted(own) ? describe(own) : '4.6 without counts'}, its communes come to ${offering}/${all}`;
  inconsistencies.push({ rule: '4.6: its communes make it up', unit: province, detail, excluded: ['4.6'] });
  return new Set(['4.6']);
}

/** Leaves out what no sharing among the units could make up, and what does not fit into their dossiers together. */
function keepPossible(
  province: UnitCode, places: UnitPlaces, rows: readonly FigureRow[], inconsistencies: Inconsistency[],
): readonly FigureRow[] {
  const byUnit = countsByUnit(rows);
  const { plans, misfits } = plansUnder(province, byUnit, places);
  const unfit = [
    ...misfits.map((indicator) => ({ unit: province, indicator, rule: `${indicator}: its units can make it up` })),
    ...plans.flatMap((plan) => misfitsOf(plan).map((indicator) => ({
      unit: plan.unit ?? province, indicator, rule: `${indicator}: its dossiers can carry it beside the other figures`,
    }))),
  ].flatMap((each) => {
    const row = byUnit.get(each.unit)?.get(each.indicator);
    return row === undefined ? [] : [{ ...each, row }];
  });
  if (unfit.length === 0) return rows;
  let kept = rows;
  for (const [key, { unit, indicator, rule, row }] of new Map(unfit.map((each) => [`${each.unit} ${each.indicator}`, each]))) {
    inconsistencies.push({ rule, unit, detail: describe(row), excluded: [indicator] });
    kept = kept.filter((each) => `${each.unit} ${each.indicator}` !== key);
  }
  return keepPossible(province, places, kept, inconsistencies);
}

function describe({ indicator, numerator: n, denominator: d }: CountedRow): string {
  return `${indicator} ${n}/${d}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
