import type { PortalFiguresImported } from '@index766/contracts-aggregator';
import {
  ZERO, add, compare, explainScore, fractionOf, indicatorsOf, parseDecimal, points, roundHalfUp, subtract, sumOutcome, type CostKind, type CountedMeasures,
  type Fraction, type IndexDefinition, type IndicatorDefinition, type IndicatorOutcome, type PointsSum, type UnitScore,
} from '@index766/index-766';

import type { AbsenceReason, Explanation, Population } from './explanation';
import type { PortalFigure } from './portal-figures';
import { OVER_THE_DOSSIERS_OF_2_1, brokenRelations } from './portal-relations';

/** Null is "no value", not 0. */
export interface Figures {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly points: Fraction | null;
}

/** `not-compared`: the portal says nothing that could be held against ours, or it does not apply at the level. */
export type ReconciliationVerdict = 'agrees' | 'differs' | 'not-compared';

/** Our figure beside theirs; the gap is ours less theirs, where both say something. */
export interface Reconciled {
  /** Id of an indicator or a group, or `TOTAL`. */
  readonly id: string;
  readonly ours: Figures & { readonly reason: AbsenceReason | null };
  readonly theirs: Figures & { readonly reason: AbsenceReason | null };
  readonly gap: Figures;
  readonly verdict: ReconciliationVerdict;
  readonly explanations: readonly Explanation[];
}

export interface ReconciledScore {
  readonly indicators: readonly Reconciled[];
  readonly groups: readonly Reconciled[];
  readonly total: Reconciled;
  /** `differs` if anything does, `agrees` if something was compared and nothing differs. */
  readonly verdict: ReconciliationVerdict;
}

export interface OurFigures {
  readonly definition: IndexDefinition;
  readonly measures: CountedMeasures;
  readonly score: UnitScore;
}

type Sides = Pick<Reconciled, 'id' | 'ours' | 'theirs' | 'gap'> & { readonly indicator: IndicatorDefinition };

interface Context {
  readonly definition: IndexDefinition;
  readonly published: ReadonlyMap<string, PortalFigure>;
  readonly kinds: ReadonlyMap<string, CostKind>;
  readonly reportingUnits: number;
  readonly sides: readonly Sides[];
}

/** Two values rounded to 2 decimals; of a sum, the portal's sum of rounded indicators (index-766.md §3). */
const INDICATOR_TOLERANCE = fractionOf(51, 10_000);
const SUM_TOLERANCE = fractionOf(151, 10_000);
const SHOWN_PLACES = 2;
export const TOTAL = 'TOTAL';

/** Sets what was imported beside what was computed, and says of every gap what its numbers show. */
export function reconcile({ definition, measures, score }: OurFigures, portal: PortalFiguresImported): ReconciledScore {
  const published = new Map(portal.figures.map((figure) => [figure.indicator, figure]));
  const outcomes = new Map(score.groups.flatMap(({ indicators }) => indicators).map((each) => [each.indicator, each]));
  const sides = indicatorsOf(definition).map((indicator) => sidesOf(indicator, outcomes.get(indicator.id), published.get(indicator.id)));
  const context: Context = {
    definition, published, sides, reportingUnits: measures.reportingUnits.length,
    kinds: new Map(explainScore(definition, measures, score).map(({ indicator, kind }) => [indicator, kind])),
  };
  const indicators = sides.map((each) => reconciledIndicator(each, context));
  const pointsOf = new Map(portal.groups.map(({ group, points: text }) => [group, parseDecimal(text) ?? null]));
  const groups = definition.groups.map((group) => {
    const ids = new Set(group.indicators.map(({ id }) => id));
    const ours = score.groups.find((each) => each.group === group.id);
    return reconciledSum(group.id, ours, pointsOf.get(group.id) ?? null, indicators.filter(({ id }) => ids.has(id)), context);
  });
  const total = reconciledSum(TOTAL, score.total, parseDecimal(portal.total ?? '') ?? null, indicators, context);
  const all = [...indicators, ...groups, total];
  const isCompared = all.some(({ verdict, theirs }) => verdict === 'agrees' && theirs.reason === null);
  const differs = all.some(({ verdict }) => verdict === 'differs');
  return { indicators, groups, total, verdict: differs ? 'differs' : isCompared ? 'agrees' : 'not-compared' };
}

function sidesOf(indicator: IndicatorDefinition, outcome: IndicatorOutcome | undefined, figure: PortalFigure | undefined): Sides {
  const measure = outcome === undefined || outcome.state === 'not-applicable' ? null : outcome.measure;
  const ours = {
    numerator: measure?.numerator ?? null, denominator: measure?.denominator ?? null,
    points: outcome?.state === 'scored' ? outcome.points : null,
    reason: outcome?.state === 'missing' || outcome?.state === 'not-applicable' ? outcome.reason : null,
  };
  const theirs = {
    numerator: figure?.numerator ?? null, denominator: figure?.denominator ?? null, points: parseDecimal(figure?.points ?? '') ?? null,
    reason: absenceOf(figure),
  };
  return { id: indicator.id, indicator, ours, theirs, gap: gapOf(ours, theirs) };
}

function absenceOf(figure: PortalFigure | undefined): AbsenceReason | null {
  if (figure === undefined) return 'no-row';
  return figure.denominator === undefined && figure.points === undefined ? 'empty-row' : null;
}

function gapOf(ours: Figures, theirs: Figures): Figures {
  return {
    numerator: ours.numerator === null || theirs.numerator === null ? null : ours.numerator - theirs.numerator,
    denominator: ours.denominator === null || theirs.denominator === null ? null : ours.denominator - theirs.denominator,
    points: ours.points === null || theirs.points === null ? null : subtract(ours.points, theirs.points),
  };
}

function reconciledIndicator({ indicator, ...sides }: Sides, context: Context): Reconciled {
  const explanations = absencesOf({ indicator, ...sides }) ?? gapsOf({ indicator, ...sides }, context);
  return { ...sides, explanations, verdict: verdictOf(explanations) };
}

function verdictOf(explanations: readonly Explanation[]): ReconciliationVerdict {
  if (explanations.every(({ code }) => code === 'AGREES' || code === 'ROUNDING')) return 'agrees';
  const isUnpublished = explanations.every((each) => each.code === 'NOT_MEASURED' && (each.side === 'portal' || each.reason === 'level'));
  return isUnpublished ? 'not-compared' : 'differs';
}

/** Where one side says nothing at all; undefined: both say something. */
function absencesOf({ indicator, ours, theirs }: Sides): readonly Explanation[] | undefined {
  const isSilentHere = ours.denominator === null && ours.points === null;
  if (theirs.reason !== null) return isSilentHere ? [{ code: 'AGREES' }] : [notMeasured('portal', theirs.reason)];
  if (isSilentHere) {
    // Where nobody supplies anything there is nothing to count: the portal prints 0 of 0.
    const isNothing = theirs.denominator === 0 && theirs.points === null;
    return ours.reason === 'not-supplied' && isNothing ? [{ code: 'AGREES' }] : [notMeasured('here', ours.reason ?? 'not-supplied')];
  }
  return indicator.measure === 'processing-time' ? [notMeasured('portal', 'no-time-unit')] : undefined;
}

function notMeasured(side: 'here' | 'portal', reason: AbsenceReason, indicators: readonly string[] = []): Explanation {
  return { code: 'NOT_MEASURED', side, reason, indicators };
}

function gapsOf({ indicator, ours, theirs, gap, id }: Sides, context: Context): readonly Explanation[] {
  const explanations: Explanation[] = [];
  const hasCountGap = (gap.numerator ?? 0) !== 0 || (gap.denominator ?? 0) !== 0;
  if (hasCountGap) explanations.push(...countGapsOf({ indicator, ours, theirs, gap, id }, context));
  const lacksPoints = ours.points === null && theirs.points !== null;
  if (lacksPoints) explanations.push(notMeasured('here', 'empty-denominator'));
  const hasPointsGap = gap.points !== null && !isWithin(gap.points, INDICATOR_TOLERANCE);
  if (theirs.points !== null && (hasCountGap || hasPointsGap || lacksPoints)) explanations.push(...contradictionOf(indicator, theirs, theirs.points));
  if (hasPointsGap && theirs.denominator === null) explanations.push({ code: 'POINTS_ALONE' });
  if (explanations.length > 0) return explanations;
  return [{ code: isShownAlike(ours.points, theirs.points) ? 'AGREES' : 'ROUNDING' }];
}

function contradictionOf(indicator: IndicatorDefinition, { numerator, denominator }: Figures, printed: Fraction): readonly Explanation[] {
  if (indicator.kind !== 'scored' || numerator === null || denominator === null) return [];
  const followed = points(indicator.max, numerator, denominator, indicator.target, indicator.whenEmpty);
  const follows = followed !== null && isWithin(subtract(followed, printed), INDICATOR_TOLERANCE);
  return follows ? [] : [{ code: 'POINTS_DO_NOT_FOLLOW', followed, printed }];
}

function countGapsOf({ indicator, gap }: Sides, context: Context): readonly Explanation[] {
  const kind = context.kinds.get(indicator.id) ?? 'petitions';
  if (kind === 'reported') return [{ code: 'REPORTED_FIGURE', units: context.reportingUnits }];
  const [numeratorBy, denominatorBy] = [gap.numerator ?? 0, gap.denominator ?? 0];
  const broken = brokenRelations(context.definition, context.published, indicator.measure);
  // A denominator of another definition says nothing about what is missing here.
  const countsAnother = denominatorBy !== 0 && broken.some(({ part }) => part === 'denominator');
  const population = countsAnother ? [] : populationGap(indicator, kind === 'cases' ? 'dossiers' : kind, denominatorBy, context);
  const isCovered = population.length > 0 && Math.sign(numeratorBy) !== -Math.sign(denominatorBy) && Math.abs(numeratorBy) <= Math.abs(denominatorBy);
  const otherwise = numeratorBy !== 0 && !isCovered ? numeratorBy : null;
  const relations = broken.map(({ relation }) => relation);
  return [...population, ...(otherwise === null && relations.length === 0 ? [] : [{ code: 'OTHER_DEFINITION', numeratorBy: otherwise, relations } as const])];
}

function populationGap(indicator: IndicatorDefinition, population: Population, by: number, { sides }: Context): readonly Explanation[] {
  if (by === 0) return [];
  if (population !== 'dossiers') return [{ code: 'OTHER_POPULATION', population, by }];
  const isOverThem = (each: IndicatorDefinition) => OVER_THE_DOSSIERS_OF_2_1.includes(each.measure);
  const also = isOverThem(indicator)
    ? sides.filter((each) => each.id !== indicator.id && isOverThem(each.indicator) && each.gap.denominator === by).map(({ id }) => id) : [];
  return [{ code: by < 0 ? 'MISSING_DOSSIERS' : 'ADDITIONAL_DOSSIERS', by: Math.abs(by), also }];
}

function reconciledSum(
  id: string, sum: PointsSum | undefined, printed: Fraction | null, indicators: readonly Reconciled[], context: Context,
): Reconciled {
  const ours = { numerator: null, denominator: null, points: sum?.points ?? null, reason: sum === undefined ? null : sumOutcome(sum).reason };
  const theirs = { numerator: null, denominator: null, points: printed, reason: printed === null ? 'no-row' as const : null };
  const gap = gapOf(ours, theirs);
  if (ours.reason !== null && printed !== null) {
    // The portal prints 0 as the sum of nothing.
    const absence = isWithin(printed, SUM_TOLERANCE) ? [{ code: 'AGREES' as const }] : [notMeasured('here', ours.reason)];
    return { id, ours, theirs, gap, explanations: absence, verdict: verdictOf(absence) };
  }
  const explanations = gap.points === null || printed === null
    ? [notMeasured('portal', 'no-row')]
    : sumGapsOf(ours.points, printed, gap.points, indicators, context);
  const isUnpublished = gap.points === null;
  const agrees = gap.points !== null && isWithin(gap.points, SUM_TOLERANCE);
  return { id, ours, theirs, gap, explanations, verdict: isUnpublished ? 'not-compared' : agrees ? 'agrees' : 'differs' };
}

function sumGapsOf(
  ours: Fraction | null, printed: Fraction, gap: Fraction, indicators: readonly Reconciled[], { definition }: Context,
): readonly Explanation[] {
  if (isShownAlike(ours, printed)) return [{ code: 'AGREES' }];
  if (isWithin(gap, SUM_TOLERANCE)) return [{ code: 'ROUNDING' }];
  const explanations: Explanation[] = [];
  const different = indicators.filter(({ verdict }) => verdict === 'differs').map(({ id }) => id);
  if (different.length > 0) explanations.push({ code: 'DIFFERENT_INDICATORS', indicators: different });
  const scored = indicators.filter(({ ours: { points: ofOurs }, theirs }) => ofOurs !== null || theirs.points !== null);
  const unpublished = scored.filter(({ theirs }) => theirs.reason !== null).map(({ id }) => id);
  if (unpublished.length > 0) explanations.push(notMeasured('portal', 'no-row', unpublished));
  const followed = indicators.map(({ id, theirs }) => theirPoints(definition, id, theirs)).reduce(add, ZERO);
  if (unpublished.length === 0 && !isWithin(subtract(followed, printed), SUM_TOLERANCE)) {
    explanations.push({ code: 'POINTS_DO_NOT_FOLLOW', followed, printed });
  }
  // What is left are the roundings of many indicators, each within its tolerance.
  return explanations.length > 0 ? explanations : [{ code: 'ROUNDING' }];
}

/** As printed, else what their counts come to; nothing adds nothing. */
function theirPoints(definition: IndexDefinition, id: string, { numerator, denominator, points: printed }: Figures): Fraction {
  const indicator = indicatorsOf(definition).find((each) => each.id === id);
  if (printed !== null || indicator?.kind !== 'scored' || numerator === null || denominator === null) return printed ?? ZERO;
  return points(indicator.max, numerator, denominator, indicator.target, indicator.whenEmpty) ?? ZERO;
}

/** Equal to the two decimals that are shown, or nothing was printed to compare with. */
function isShownAlike(ours: Fraction | null, theirs: Fraction | null): boolean {
  return ours === null || theirs === null || roundHalfUp(ours, SHOWN_PLACES) === roundHalfUp(theirs, SHOWN_PLACES);
}

function isWithin(gap: Fraction, tolerance: Fraction): boolean {
  const size = compare(gap, ZERO) < 0 ? subtract(ZERO, gap) : gap;
  return compare(size, tolerance) <= 0;
}
