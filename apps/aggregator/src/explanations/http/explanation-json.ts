import { sumOutcome, toDecimalNumber } from '@index766/index-766';
import { formatInstant } from '@index766/kernel';

import { askedJson, type UnitFigures } from '../../scores';
import { entryKey, type CostChoice, type CostEntry } from '../cost-lists';
import type { CostPage, ExplainedIndicator, Explanation } from '../explanation-queries';

export function explanationJson({ figures, indicators }: Explanation) {
  const { points, attainable, applicable } = figures.score.total;
  return {
    ...headJson(figures),
    ...sumOutcome({ attainable, applicable }),
    points: points && toDecimalNumber(points, 6),
    attainable, applicable,
    indicators: indicators.map(indicatorJson),
  };
}

function indicatorJson({ recoverable, risks, ...lost }: ExplainedIndicator) {
  return { ...lostJson(lost), recoverable, risks };
}

export function costPageJson({ figures, lost, count, entries, next }: CostPage, choice: CostChoice) {
  return { ...headJson(figures), ...lostJson(lost), choice, count, next, entries: entries.map(entryJson) };
}

function headJson(figures: UnitFigures) {
  return { unit: figures.unit.code, ...askedJson(figures) };
}

/** `lost`: maximum less points, half-up to 6 decimals; null where there are no points to lose, and `state` says why. */
function lostJson({ indicator, max, lost, state, kind, items, neededForMax }: CostPage['lost']) {
  return { indicator, max, lost: lost === null ? null : toDecimalNumber(lost, 6), state, kind, items, neededForMax };
}

/** Codes alone: nothing that names an applicant is known here. */
function entryJson(entry: CostEntry) {
  const { item, unit, flaw, recoverable, procedure, dueAt } = entry;
  return { key: entryKey(entry), item, unit, flaw, recoverable, procedure, dueAt: dueAt === null ? null : formatInstant(dueAt) };
}
