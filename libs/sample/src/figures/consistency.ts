import { compareText, type UnitCode } from '@index766/kernel';
import { isCounted, type CountedRow, type FigureRow } from './figure-row';
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

type Counts = ReadonlyMap<string, CountedRow>;

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

/** Checks monthly rows against the rules of index-766.md §7 and leaves out what breaks one. */
export function checkConsistency(rows: readonly FigureRow[], places: UnitPlaces = unitPlacesIn(rows)): ConsistentFigures {
  const inconsistencies: Inconsistency[] = [];
  const withinUnits = [...byUnit(rows).values()].flatMap((ofUnit) => keepWithinUnit(ofUnit, inconsistencies));
  let kept: readonly FigureRow[] = withinUnits;
  for (const { code } of places.tops) kept = keepUnderParent(code, places, kept, inconsistencies);
  return { rows: kept, inconsistencies };
}

function keepWithinUnit(rows: readonly FigureRow[], inconsistencies: Inconsistency[]): readonly FigureRow[] {
  const unit = rows[0]?.unit;
  if (unit === undefined) return rows;
  const broken = new Set<string>();
  const report = (rule: string, excluded: readonly string[], counts: Counts) => {
    const figures = [...counts.values()].filter(({ indicator }) => rule.includes(indicator)).map(describe);
    inconsistencies.push({ rule, unit, detail: figures.join(', '), excluded });
    for (const indicator of excluded) broken.add(indicator);
  };
  const counts = countsOf(rows);
  for (const row of counts.values()) {
    if (row.numerator > row.denominator) report(`${row.indicator} n ≤ d`, [row.indicator], counts);
  }
  for (const { rule, excludes, holds } of RULES) {
    // A row that is out already is no measure for another.
    const left = new Map([...counts].filter(([indicator]) => !broken.has(indicator)));
    if (holds(left) === false) report(rule, excludes, left);
  }
  return rows.filter(({ indicator }) => !broken.has(indicator));
}

/** What the province has beyond its units must be possible: balancing units take it. */
function keepUnderParent(
  province: UnitCode, { parents }: UnitPlaces, rows: readonly FigureRow[], inconsistencies: Inconsistency[],
): readonly FigureRow[] {
  const counts = countsOf(rows.filter(({ unit }) => unit === province));
  const below = rows.filter((row) => parents.get(row.unit) === province).filter(isCounted);
  const broken = new Set<string>();
  const report = (rule: string, row: CountedRow, detail: string) => {
    inconsistencies.push({ rule, unit: province, detail, excluded: [row.indicator] });
    broken.add(row.indicator);
  };
  for (const row of counts.values()) {
    const children = below.filter(({ indicator }) => indicator === row.indicator);
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
      const above = children.find((child) => child.numerator > row.numerator || child.denominator > row.denominator);
      if (above !== undefined) report(`${row.indicator}: no unit above its parent`, row, `${describe(row)}, ${above.unit} ${describe(above)}`);
    }
  }
  return rows.filter((row) => row.unit !== province || !broken.has(row.indicator));
}

function byUnit(rows: readonly FigureRow[]): ReadonlyMap<UnitCode, readonly FigureRow[]> {
  const groups = new Map<UnitCode, FigureRow[]>();
  for (const row of rows) {
    const group = groups.get(row.unit);
    if (group === undefined) groups.set(row.unit, [row]);
    else group.push(row);
  }
  return new Map([...groups].sort(([a], [b]) => compareText(a, b)));
}

function countsOf(rows: readonly FigureRow[]): Counts {
  return new Map(rows.filter(isCounted).map((row) => [row.indicator, row]));
}

function describe({ indicator, numerator: n, denominator: d }: CountedRow): string {
  return `${indicator} ${n}/${d}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
