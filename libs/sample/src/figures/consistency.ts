import type { UnitCode } from '@index766/kernel';
import { misfitsOf } from '../dossier/unit-roles';
import { countsByUnit, NO_COUNTS, type Counts } from './counts-by-unit';
import { copiesBelow, isPossibleBelow } from './certified-copies';
import { isCounted, type CountedRow, type FigureRow } from './figure-row';
import { plansUnder } from './unit-plans';
import { SET_OF_A_PROVINCE, unitPlacesIn, type UnitPlaces } from './unit-places';

/** A rule that the figures break, and the rows that are left out for it. */
export interface Inconsistency {
  readonly rule: string;
  /** No rule is known to be broken: the sample, which does not try all ways (ADR 0151), finds no dossiers for the rows. */
  readonly notFound?: true;
  /** What the rule follows from, in index-766.md. */
  readonly why: string;
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
  readonly why: string;
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

const numerator = (counts: Counts, id: string) => counts.get(id)?.numerator;
const denominator = (counts: Counts, id: string) => counts.get(id)?.denominator;
const atMost = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a <= b);
const equal = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a === b);

/** Rules that the index states for published figures. */
const STATED = '§7: figures of one set';
const WHY = {
  used: '§4, 3.2 and 3.3: every online service that is used has a dossier received online in the period',
  fees: '§4, 3.5b and 2.1: every such procedure has a dossier of 2.1 with a fee',
  population: '§4, 4.5a and 4.5b: every such procedure has a dossier that 4.5b counts',
  announced: '§4, 1.1 and 3.1: what was announced on time is announced at T',
  published: '§4, 1.2 and 1.3: what was made public on time is public at T',
  asked: '§4, 5.1 and 5.2: both are of the petitions received in the period',
  classes: '§4, 5.1; lifecycle.md §7: a petition is of one class',
  shown: '§4: a unit below shows the province’s set',
  copies: '§4, 4.6: a commune offers it or not, a unit above counts its communes, no data is full',
  sum: '§2, §4: what its units and balancing units have adds up or unites, and of 4.1 and 4.2, of 2.1 and 5.4, of 5.2 and 5.3 one is a part of the other',
  dossiers: '§4: 3.2 to 3.6, 4.5a and 4.5b count the same dossiers of 2.1, of which each has one procedure',
} as const;

const RULES: readonly Rule[] = [
  { rule: '5.4 n ≤ 2.1 n', why: STATED, excludes: ['5.4'], holds: (counts) => atMost(numerator(counts, '5.4'), numerator(counts, '2.1')) },
  ...SAME_DENOMINATOR.map((id): Rule => ({
    rule: `${id} d = 2.1 d`, why: STATED, excludes: [id], holds: (counts) => equal(denominator(counts, id), denominator(counts, '2.1')),
  })),
  ...['3.6', '3.3'].map((id): Rule => ({
    rule: `${id} d ≤ 2.1 d`, why: STATED, excludes: [id], holds: (counts) => atMost(denominator(counts, id), denominator(counts, '2.1')),
  })),
  { rule: '4.2 n ≤ 4.1 n', why: STATED, excludes: ['4.2'], holds: (counts) => atMost(numerator(counts, '4.2'), numerator(counts, '4.1')) },
  { rule: '5.3 n ≤ 5.2 n', why: STATED, excludes: ['5.3'], holds: (counts) => atMost(numerator(counts, '5.3'), numerator(counts, '5.2')) },
  { rule: '5.2 d = 5.3 d', why: STATED, excludes: ['5.2', '5.3'], holds: (counts) => equal(denominator(counts, '5.2'), denominator(counts, '5.3')) },
  { rule: '3.5a d = 3.5b d', why: STATED, excludes: ['3.5a', '3.5b'], holds: (counts) => equal(denominator(counts, '3.5a'), denominator(counts, '3.5b')) },
];

/** What no dossiers, petitions and records could come to. */
const IMPOSSIBLE: readonly Rule[] = [
  { rule: '3.2 n ≤ 3.3 n', why: WHY.used, excludes: ['3.2'], holds: (counts) => atMost(numerator(counts, '3.2'), numerator(counts, '3.3') ?? denominator(counts, '2.1')) },
  { rule: '3.5b n ≤ 2.1 d', why: WHY.fees, excludes: ['3.5b'], holds: (counts) => atMost(numerator(counts, '3.5b'), denominator(counts, '2.1')) },
  { rule: '4.5a n ≤ 4.5b n', why: WHY.population, excludes: ['4.5a'], holds: (counts) => atMost(numerator(counts, '4.5a'), numerator(counts, '4.5b') ?? denominator(counts, '2.1')) },
  { rule: '1.1 n ≤ 3.1 d', why: WHY.announced, excludes: ['1.1'], holds: (counts) => atMost(numerator(counts, '1.1'), denominator(counts, '3.1')) },
  { rule: '1.2 n ≤ 1.3 d', why: WHY.published, excludes: ['1.2'], holds: (counts) => atMost(numerator(counts, '1.2'), denominator(counts, '1.3')) },
  ...['5.1-TTHC', '5.1-STAFF'].map((id): Rule => ({
    rule: `${id} d = 5.2 d`, why: WHY.asked, excludes: [id], holds: (counts) => equal(denominator(counts, id), denominator(counts, '5.2') ?? denominator(counts, '5.3')),
  })),
  { rule: '5.1-TTHC d = 5.1-STAFF d', why: WHY.asked, excludes: ['5.1-STAFF'], holds: (counts) => equal(denominator(counts, '5.1-TTHC'), denominator(counts, '5.1-STAFF')) },
  { rule: '5.1-TTHC n + 5.1-STAFF n ≤ d', why: WHY.classes, excludes: ['5.1-STAFF'], holds: (counts) => {
    const [rules, conduct] = [numerator(counts, '5.1-TTHC'), numerator(counts, '5.1-STAFF')];
    return rules === undefined || conduct === undefined ? undefined : atMost(rules + conduct, denominator(counts, '5.1-STAFF'));
  } },
];

/** Checks monthly rows against the rules of index-766.md §7 and leaves out what breaks one. */
export function checkConsistency(rows: readonly FigureRow[], places: UnitPlaces = unitPlacesIn(rows)): ConsistentFigures {
  const inconsistencies: Inconsistency[] = [];
  let kept = rows;
  for (const [unit, counts] of countsByUnit(rows)) {
    kept = without(kept, unit, brokenWithin(unit, counts, [...RULES, ...IMPOSSIBLE], inconsistencies));
  }
  for (const row of kept.filter(({ unit, indicator }) => indicator === '4.6' && !places.tops.some(({ code }) => code === unit))) {
    if (isPossibleBelow(row)) continue;
    inconsistencies.push({ rule: '4.6: a commune offers it or not', why: WHY.copies, unit: row.unit, detail: describeCopies(row), excluded: ['4.6'] });
    kept = without(kept, row.unit, new Set(['4.6']));
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
  const report = (rule: string, why: string, excluded: readonly string[]) => {
    const figures = [...counts.values()].filter(({ indicator }) => rule.includes(indicator)).map(describe);
    inconsistencies.push({ rule, why, unit, detail: figures.join(', '), excluded });
    for (const indicator of excluded) broken.add(indicator);
  };
  for (const row of counts.values()) {
    if (row.numerator > row.denominator) report(`${row.indicator} n ≤ d`, STATED, [row.indicator]);
  }
  for (const { rule, why, excludes, holds } of rules) {
    // A row that is out already is no measure for another.
    const left = new Map([...counts].filter(([indicator]) => !broken.has(indicator)));
    const excluded = excludes.filter((indicator) => left.has(indicator));
    if (excluded.length > 0 && holds(left) === false) report(rule, why, excluded);
  }
  return broken;
}

/** What the province has beyond its units must be possible: balancing units take it. What only it has, its units show. */
function brokenBelow(
  province: UnitCode, { parents }: UnitPlaces, byUnit: ReadonlyMap<UnitCode, Counts>, inconsistencies: Inconsistency[],
): ReadonlyMap<UnitCode, ReadonlySet<string>> {
  const below = [...byUnit].filter(([unit, counts]) => parents.get(unit) === province && counts.has('2.1')).map(([, counts]) => counts);
  const broken = new Map<UnitCode, Set<string>>();
  const report = (rule: string, why: string, row: CountedRow, detail: string) => {
    inconsistencies.push({ rule, why, unit: row.unit, detail, excluded: [row.indicator] });
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
        report(`${row.indicator}: 0 ≤ n ≤ d for what its units leave`, STATED, row, `${left.numerator}/${left.denominator} is left`);
      }
    }
    if (DISTINCT.includes(row.indicator)) {
      const sameSet = SAME_SET.includes(row.indicator) ? below.flatMap((counts) => SAME_SET.flatMap((indicator) => counts.get(indicator) ?? [])) : [];
      const above = children.find((child) => child.numerator > row.numerator || child.denominator > row.denominator)
        ?? sameSet.find((child) => child.denominator > row.denominator);
      if (above !== undefined) report(`${row.indicator}: no unit above its parent`, STATED, row, `${describe(row)}, ${above.unit} ${describe(above)}`);
    }
  }
  for (const indicator of SET_OF_A_PROVINCE) {
    const rows = below.flatMap((counts) => counts.get(indicator) ?? []);
    const set = (broken.get(province)?.has(indicator) === true ? undefined : own.get(indicator)) ?? rows[0];
    for (const row of rows) {
      if (set === undefined || (row.numerator === set.numerator && row.denominator === set.denominator)) continue;
      report(`${indicator} = its province's`, WHY.shown, row, `${describe(row)}, ${set.unit} ${describe(set)}`);
    }
  }
  return broken;
}

/** A province offers certified copies as far as its communes do. */
function brokenCopies(
  province: UnitCode, places: UnitPlaces, rows: readonly FigureRow[], inconsistencies: Inconsistency[],
): ReadonlySet<string> {
  const own = rows.find(({ unit, indicator }) => unit === province && indicator === '4.6');
  if (own === undefined || copiesBelow(province, rows, places) !== null) return new Set();
  inconsistencies.push({ rule: '4.6: its communes make it up', why: WHY.copies, unit: province, detail: describeCopies(own), excluded: ['4.6'] });
  return new Set(['4.6']);
}

/** Leaves out what no sharing among the units could make up, and what does not fit into their dossiers together. */
function keepPossible(
  province: UnitCode, places: UnitPlaces, rows: readonly FigureRow[], inconsistencies: Inconsistency[],
): readonly FigureRow[] {
  const byUnit = countsByUnit(rows);
  const { plans, misfits } = plansUnder(province, byUnit, places);
  const unfit = [
    ...misfits.map((indicator) => ({ unit: province, indicator, why: WHY.sum })),
    ...plans.flatMap((plan) => {
      const { own, above } = misfitsOf(plan);
      const unfitIn = (unit: UnitCode) => (indicator: string) => ({ unit, indicator, why: WHY.dossiers });
      return [...own.map(unfitIn(plan.unit ?? province)), ...above.map(unfitIn(province))];
    }),
  ].flatMap((each) => {
    // What a unit without the row cannot carry, its province lacks.
    const unit = byUnit.get(each.unit)?.has(each.indicator) === true ? each.unit : province;
    const row = byUnit.get(unit)?.get(each.indicator);
    return row === undefined ? [] : [{ ...each, unit, row }];
  });
  if (unfit.length === 0) return rows;
  let kept = rows;
  for (const [key, { unit, indicator, why, row }] of new Map(unfit.map((each) => [`${each.unit} ${each.indicator}`, each]))) {
    inconsistencies.push({
      rule: `${indicator}: the sample finds no dossiers for it`, notFound: true, why, unit, detail: describe(row), excluded: [indicator],
    });
    kept = kept.filter((each) => `${each.unit} ${each.indicator}` !== key);
  }
  return keepPossible(province, places, kept, inconsistencies);
}

/** Most portals print it with points alone. */
function describeCopies(row: FigureRow): string {
  return isCounted(row) ? describe(row) : `4.6 with ${row.points ?? 'no'} points`;
}

function describe({ indicator, numerator: n, denominator: d }: CountedRow): string {
  return `${indicator} ${n}/${d}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
