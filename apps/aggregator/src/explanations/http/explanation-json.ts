import { toDecimalNumber } from '@index766/index-766';
import { formatInstant } from '@index766/kernel';

import type { UnitFigures } from '../../scores';
import { entryKey, type CostChoice, type CostEntry } from '../cost-lists';
import type { CostPage, ExplainedIndicator, Explanation } from '../explanation-queries';

export function explanationJson({ figures, indicators }: Explanation) {
  const { score } = figures;
  return {
    ...headJson(figures),
    points: toDecimalNumber(score.total.points, 6),
    attainable: score.total.attainable,
    applicable: score.total.applicable,
    indicators: indicators.map(indicatorJson),
  };
}

function indicatorJson({ recoverable, risks, ...lost }: ExplainedIndicator) {
  return { ...lostJson(lost), recoverable, risks };
}

export function costPageJson({ figures, lost, count, entries, next }: CostPage, choice: CostChoice) {
  return { ...headJson(figures), ...lostJson(lost), choice, count, next, entries: entries.map(entryJson) };
}

function headJson({ unit, period, definition, evaluatedAt }: UnitFigures) {
  return {
    unit: unit.code, period: period.name, definition: definition.id, asOf: formatInstant(evaluatedAt), running: evaluatedAt < period.end,
  };
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
