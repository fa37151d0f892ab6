import { compare, parseDecimal, subtract, ZERO, type Fraction } from '@index766/index-766';
import type { FigureRow } from '@index766/sample';
import type { UnitFigures } from '../services/aggregator';

/** Numerator, denominator and points of an indicator or a group; null is "no value", not 0. */
export interface Figures {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: string | null;
}

/** `not-compared`: the portal published nothing, or no service supplies it yet; it passes. */
export type ComparisonVerdict = 'agrees' | 'differs' | 'not-compared';

export interface Comparison {
  readonly unit: string;
  readonly indicator: string;
  readonly published: Figures;
  readonly computed: Figures;
  readonly verdict: ComparisonVerdict;
}

/** Two values rounded to 2 decimals, or sums of such (index-766.md §3). */
const INDICATOR_TOLERANCE = parseDecimal('0.0051') ?? ZERO;
const GROUP_TOLERANCE = parseDecimal('0.0151') ?? ZERO;
const NOTHING: Figures = { numerator: null, denominator: null, points: null };

/**
 * Sets the published rows of one unit beside what was computed for it, in the order of the file; after them what was
 * computed and not published, which passes.
 */
export function compareUnit(rows: readonly FigureRow[], computed: UnitFigures): readonly Comparison[] {
  const compared = (indicator: string, published: Figures): Comparison => {
    const { figures, tolerance } = computedOf(indicator, computed);
    return { unit: computed.unit, indicator, published, computed: figures ?? NOTHING, verdict: verdictOf(published, figures, tolerance) };
  };
  const unpublished = computed.groups.flatMap(({ indicators }) => indicators)
    .filter(({ indicator, state }) => state === 'scored' && !rows.some((row) => row.indicator === indicator));
  return [
    ...rows.map(({ indicator, numerator, denominator, points }) => compared(indicator, { numerator, denominator, points })),
    ...unpublished.map(({ indicator }) => compared(indicator, NOTHING)),
  ];
}

/** Null figures: nothing is supplied, so there is nothing to compare with. */
function computedOf(id: string, { groups }: UnitFigures): { figures: Figures | null; tolerance: Fraction } {
  const indicator = groups.flatMap(({ indicators }) => indicators).find((each) => each.indicator === id);
  if (indicator !== undefined) {
    const { state, reason, numerator, denominator, points } = indicator;
    const isSupplied = !(state === 'missing' && reason === 'not-supplied') && state !== 'not-applicable';
    return { figures: isSupplied ? { numerator, denominator, points: decimalText(points) } : null, tolerance: INDICATOR_TOLERANCE };
  }
  const group = groups.find((each) => each.group === id);
  const isWhole = group?.indicators.every(({ state, reason }) => !(state === 'missing' && reason === 'not-supplied')) ?? false;
  const figures = group !== undefined && isWhole ? { ...NOTHING, points: decimalText(group.points) } : null;
  return { figures, tolerance: GROUP_TOLERANCE };
}

function verdictOf(published: Figures, computed: Figures | null, tolerance: Fraction): ComparisonVerdict {
  if (computed === null) return 'not-compared';
  const counts = published.numerator !== null && published.denominator !== null;
  if (!counts && published.points === null) return 'not-compared';
  if (counts && (published.numerator !== computed.numerator || published.denominator !== computed.denominator)) return 'differs';
  return published.points === null || isWithin(published.points, computed.points, tolerance) ? 'agrees' : 'differs';
}

function isWithin(published: string, computed: string | null, tolerance: Fraction): boolean {
  const [a, b] = [parseDecimal(published), parseDecimal(computed ?? '')];
  if (a === undefined || b === undefined) return false;
  const difference = subtract(a, b);
  const size = compare(difference, ZERO) < 0 ? subtract(b, a) : difference;
  return compare(size, tolerance) <= 0;
}

/** The aggregator states points with 6 decimals. */
function decimalText(points: number | null): string | null {
  return points === null ? null : points.toFixed(6);
}
