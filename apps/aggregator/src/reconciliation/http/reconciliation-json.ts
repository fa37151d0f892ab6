import { toDecimalNumber, type Fraction } from '@index766/index-766';
import { formatInstant } from '@index766/kernel';

import type { DecisionAnswer } from '../../decisions';
import type { Explanation } from '../explanation';
import { explanationText } from '../explanation-texts';
import type { PortalVersion } from '../portal-figures';
import type { Figures, Reconciled } from '../reconcile';
import type { ReconciliationList, UnitReconciliation } from '../reconciliation-queries';

export function importedJson({ key, sequence, recordedAt, recorded }: DecisionAnswer) {
  return { key, version: sequence, recordedAt, recorded };
}

export function importJson({ version, recordedAt, figures: { source, importedBy, figures, groups, total } }: PortalVersion) {
  return { version, recordedAt: formatInstant(recordedAt), source, importedBy, figures, groups, total: total ?? null };
}

export function reconciliationJson({ figures: { unit, period, evaluatedAt, knownBy, definition }, portal, reconciled }: UnitReconciliation) {
  return {
    unit: unit.code, name: unit.name, level: unit.level, period: period.name,
    asOf: formatInstant(evaluatedAt), knownAt: knownBy === null ? null : formatInstant(knownBy),
    running: evaluatedAt < period.end, definition: definition.id,
    imported: { version: portal.version, recordedAt: formatInstant(portal.recordedAt), source: portal.figures.source, importedBy: portal.figures.importedBy },
    verdict: reconciled.verdict,
    indicators: reconciled.indicators.map(reconciledJson),
    groups: reconciled.groups.map(reconciledJson),
    total: reconciledJson(reconciled.total),
  };
}

export function reconciliationListJson(parent: string, period: string, { reconciled, withoutImport }: ReconciliationList) {
  return {
    parent, period,
    units: reconciled.map(({ figures: { unit }, portal, reconciled: { verdict, indicators, groups, total } }) => ({
      unit: unit.code, name: unit.name, level: unit.level, version: portal.version, recordedAt: formatInstant(portal.recordedAt), verdict,
      differing: [...indicators, ...groups, total].filter((each) => each.verdict === 'differs').map(({ id }) => id),
      totalGap: pointsJson(total.gap.points),
    })),
    withoutImport: withoutImport.map(({ unit }) => unit.code),
  };
}

function reconciledJson({ id, ours, theirs, gap, verdict, explanations }: Reconciled) {
  return {
    id, verdict,
    ours: { ...figuresJson(ours), reason: ours.reason },
    theirs: { ...figuresJson(theirs), reason: theirs.reason },
    gap: figuresJson(gap),
    explanations: explanations.map(explanationJson),
  };
}

function explanationJson(explanation: Explanation) {
  const text = explanationText(explanation);
  return explanation.code === 'POINTS_DO_NOT_FOLLOW'
    ? { ...explanation, followed: pointsJson(explanation.followed), printed: pointsJson(explanation.printed), text } : { ...explanation, text };
}

function figuresJson({ numerator, denominator, points }: Figures) {
  return { numerator, denominator, points: pointsJson(points) };
}

/** Half-up to 6 decimals; null is no 0. */
function pointsJson(points: Fraction | null): number | null {
  return points === null ? null : toDecimalNumber(points, 6);
}

export const RECONCILIATION_COLUMNS = [
  'unit', 'period', 'id', 'verdict', 'numerator', 'denominator', 'points', 'portalNumerator', 'portalDenominator', 'portalPoints',
  'gapNumerator', 'gapDenominator', 'gapPoints', 'codes', 'explanation',
] as const;

/** One row for each indicator, group and the total; an empty cell is "no value". */
export function reconciliationRows({ figures: { unit, period }, reconciled: { indicators, groups, total } }: UnitReconciliation):
readonly Readonly<Record<(typeof RECONCILIATION_COLUMNS)[number], string | number | null>>[] {
  return [...indicators, ...groups, total].map(({ id, verdict, ours, theirs, gap, explanations }) => ({
    unit: unit.code, period: period.name, id, verdict,
    ...figuresJson(ours),
    portalNumerator: theirs.numerator, portalDenominator: theirs.denominator, portalPoints: pointsJson(theirs.points),
    gapNumerator: gap.numerator, gapDenominator: gap.denominator, gapPoints: pointsJson(gap.points),
    codes: explanations.map(({ code }) => code).join(' '),
    explanation: explanations.map((each) => explanationText(each)).map(({ vi, en }) => `${vi} / ${en}`).join(' · '),
  }));
}
