import {
  add, compare, getDefinition, indicatorsOf, parseDecimal, points, subtract, toDecimalText, ZERO, type Fraction,
} from '@index766/index-766';
import type { FigureRow } from '@index766/sample';
import type { UnitFigures } from '../services/aggregator';

/** Numerator, denominator and points of an indicator or a group; null is "no value", not 0. */
export interface Figures {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: string | null;
}

/** `not-compared`: the portal published nothing, or it does not apply; it passes. */
export type ComparisonVerdict = 'agrees' | 'differs' | 'not-compared';

export interface Comparison {
  readonly unit: string;
  readonly indicator: string;
  readonly published: Figures;
  readonly computed: Figures;
  /** Whether it applies at the unit's level: there may be nothing computed because it does not. */
  readonly applies: boolean;
  readonly verdict: ComparisonVerdict;
}

/** Two values rounded to 2 decimals, or sums of such (index-766.md §3). */
const INDICATOR_TOLERANCE = parseDecimal('0.0051') ?? ZERO;
const SUM_TOLERANCE = parseDecimal('0.0151') ?? ZERO;
const NOTHING: Figures = { numerator: null, denominator: null, points: null };
const DEFINITION = getDefinition('qd766-2026');
/** What a file may call the row of a unit's total. */
const TOTAL = 'TOTAL';

/**
 * Sets the published rows of one unit beside what was computed for it, in the order of the file; after them the total,
 * where the rows make one up, and what was computed and not published, which passes.
 */
export function compareUnit(rows: readonly FigureRow[], computed: UnitFigures): readonly Comparison[] {
  const compared = (indicator: string, published: Figures): Comparison => {
    const { figures, applies, isSum } = computedOf(indicator, computed);
    const isWhole = groupOf(indicator)?.every((id) => rows.some((row) => row.indicator === id)) ?? true;
    return {
      unit: computed.unit, indicator, published, computed: figures ?? NOTHING, applies,
      // A group without all of its rows may hold what this comparison knows nothing of.
      verdict: isWhole ? verdictOf(published, figures, isSum) : 'not-compared',
    };
  };
  const total = rows.some(({ indicator }) => indicator.toUpperCase() === TOTAL) ? null : totalOf(rows, computed);
  const unpublished = computed.groups.flatMap(({ indicators }) => indicators)
    .filter(({ indicator, state }) => state === 'scored' && !rows.some((row) => row.indicator === indicator));
  return [
    ...rows.map(({ indicator, numerator, denominator, points }) => compared(indicator, { numerator, denominator, points })),
    ...(total === null ? [] : [compared(TOTAL, { ...NOTHING, points: total })]),
    ...unpublished.map(({ indicator }) => compared(indicator, NOTHING)),
  ];
}

/** The indicators that a group's row adds up; undefined: it is no group. */
function groupOf(id: string): readonly string[] | undefined {
  return DEFINITION.groups.find((group) => group.id === id)?.indicators.filter(({ kind }) => kind === 'scored').map(({ id: indicator }) => indicator);
}

/** The total that the published rows come to by the definition; null if one of them is missing, or none gives points. */
function totalOf(rows: readonly FigureRow[], { groups }: UnitFigures): string | null {
  const applicable = new Set(groups.flatMap(({ indicators }) => indicators).filter(({ state }) => state !== 'not-applicable').map(({ indicator }) => indicator));
  let total: Fraction | null = null;
  for (const indicator of indicatorsOf(DEFINITION)) {
    if (indicator.kind !== 'scored' || !applicable.has(indicator.id)) continue;
    const row = rows.find((each) => each.indicator === indicator.id);
    if (row === undefined) return null;
    const { numerator, denominator } = row;
    const exact = numerator === null || denominator === null ? parseDecimal(row.points ?? '')
      : points(indicator.max, numerator, denominator, indicator.target, indicator.whenEmpty);
    if (exact !== null && exact !== undefined) total = add(total ?? ZERO, exact);
  }
  return total === null ? null : toDecimalText(total, 2);
}

/** Null figures: there is nothing to compare with. */
function computedOf(id: string, { groups, ...total }: UnitFigures): { figures: Figures | null; applies: boolean; isSum: boolean } {
  const indicator = groups.flatMap(({ indicators }) => indicators).find((each) => each.indicator === id);
  if (indicator !== undefined) {
    const { state, numerator, denominator, points: scored } = indicator;
    const applies = state !== 'not-applicable';
    return { figures: applies ? { numerator, denominator, points: decimalText(scored) } : null, applies, isSum: false };
  }
  const sum = id.toUpperCase() === TOTAL ? total : groups.find((each) => each.group === id);
  const applies = sum?.state !== 'not-applicable';
  return { figures: sum === undefined || !applies ? null : { ...NOTHING, points: decimalText(sum.points) }, applies, isSum: true };
}

function verdictOf(published: Figures, computed: Figures | null, isSum: boolean): ComparisonVerdict {
  if (computed === null) return 'not-compared';
  const counts = published.numerator !== null && published.denominator !== null;
  if (!counts && published.points === null) return 'not-compared';
  if (counts && !sameCounts(published, computed)) return 'differs';
  // The portal prints 0 as the sum of nothing.
  const points = computed.points ?? (isSum ? '0' : null);
  return published.points === null || isWithin(published.points, points, isSum ? SUM_TOLERANCE : INDICATOR_TOLERANCE) ? 'agrees' : 'differs';
}

/** To the last one: what nobody supplies is not 0 of 0. */
function sameCounts(published: Figures, { numerator, denominator }: Figures): boolean {
  return published.numerator === numerator && published.denominator === denominator;
}

function isWithin(published: string, computed: string | null, tolerance: Fraction): boolean {
  const [a, b] = [parseDecimal(published), parseDecimal(computed ?? '')];
  if (a === undefined || b === undefined) return false;
  const difference = subtract(a, b);
  const size = compare(difference, ZERO) < 0 ? subtract(b, a) : difference;
  return compare(size, tolerance) <= 0;
}

/** The aggregator states points with 6 decimals. */
function decimalText(value: number | null): string | null {
  return value === null ? null : value.toFixed(6);
}
