import { portalFiguresImportedV1, type PortalFiguresImported } from '@index766/contracts-aggregator';
import {
  compare, fractionOf, indicatorsOf, parseDecimal, type GroupDefinition, type IndexDefinition, type IndicatorDefinition,
} from '@index766/index-766';
import { formatInstant, isCode, ok, refused, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Decision, DecisionHistory } from '../decisions';

/** What the portal published of one indicator; a field that is absent was published empty, which is not 0. */
export type PortalFigure = PortalFiguresImported['figures'][number];

/** Figures as somebody states them: codes of either form, nothing checked yet. */
export interface StatedFigures {
  readonly source: { readonly document?: string | undefined; readonly address?: string | undefined; readonly readAt: Instant };
  readonly figures: readonly StatedFigure[];
  readonly groups: readonly { readonly group: string; readonly points: string }[];
  readonly total?: string | undefined;
}

export interface StatedFigure {
  /** Our id, or the portal's code of the metric. */
  readonly indicator: string;
  readonly numerator?: number | undefined;
  readonly denominator?: number | undefined;
  readonly ratio?: string | undefined;
  readonly points?: string | undefined;
}

/** What is imported, for what, and by whom. */
export interface PortalImport {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly definition: IndexDefinition;
  /** The subject of the token. */
  readonly importedBy: string;
  readonly stated: StatedFigures;
}

/** Portal figures of one unit and period with what is known of their import. */
export interface PortalVersion {
  readonly version: number;
  readonly recordedAt: Instant;
  readonly figures: PortalFiguresImported;
}

/** Its numerator is a time, whose unit the portal does not name: no share of anything. */
const TIME_MEASURE = 'processing-time';

/** Every import of a key, in its order: a correction does not take away what was corrected. */
export function portalVersions(history: DecisionHistory): readonly PortalVersion[] {
  return history.flatMap(({ type, sequence, recordedAt, data }) =>
    (type === portalFiguresImportedV1.type ? [{ version: sequence, recordedAt, figures: data }] : []));
}

/** The import that counts at K; null: at any time. */
export function portalFiguresKnown(history: DecisionHistory, knownBy: Instant | null): PortalVersion | undefined {
  return portalVersions(history).findLast(({ recordedAt }) => knownBy === null || recordedAt <= knownBy);
}

/**
 * Whether portal figures may be imported, and what is recorded then: nothing if the last import says the same. When the
 * source was read is no part of what it says.
 */
export function decideImport(history: DecisionHistory, asked: PortalImport, recordedAt: Instant): Result<readonly Decision[]> {
  const { unit, period, definition, importedBy, stated } = asked;
  if (!isCode(importedBy)) {
    return refused('PORTAL_FIGURES.NO_IMPORTER', 'the subject of the token is no code of letters, digits and . _ / -, so it cannot stand on a public topic');
  }
  const source = checkSource(stated.source, period, recordedAt);
  if (!source.ok) return source;
  const figures = checkFigures(definition, stated.figures);
  if (!figures.ok) return figures;
  const groups = checkGroups(definition, stated.groups);
  if (!groups.ok) return groups;
  const total = stated.total === undefined ? ok(undefined) : checkPoints(stated.total, definition.max, 'total');
  if (!total.ok) return total;
  if (figures.value.length + groups.value.length === 0 && stated.total === undefined) {
    return refused('PORTAL_FIGURES.EMPTY', 'state at least one figure, one group or the total', 'figures');
  }
  const data: PortalFiguresImported = {
    unit, period: period.name, definition: definition.id, source: source.value, importedBy, figures: figures.value, groups: groups.value,
    ...(stated.total === undefined ? {} : { total: stated.total }),
  };
  const last = portalFiguresKnown(history, null);
  if (last !== undefined && saying(last.figures) === saying(data)) return ok([]);
  return ok([{ type: portalFiguresImportedV1.type, data }]);
}

function saying({ definition, source: { document, address }, figures, groups, total }: PortalFiguresImported): string {
  const rows = figures.map(({ indicator, numerator, denominator, ratio, points }) => [indicator, numerator ?? null, denominator ?? null, ratio ?? null, points ?? null]);
  return JSON.stringify([definition, document ?? null, address ?? null, rows, groups.map(({ group, points }) => [group, points]), total ?? null]);
}

function checkSource(
  { document, address, readAt }: StatedFigures['source'], period: Period, recordedAt: Instant,
): Result<PortalFiguresImported['source']> {
  if (document === undefined && address === undefined) {
    return refused('PORTAL_FIGURES.NO_SOURCE', 'state the document or the address that the figures were read from', 'source');
  }
  if (readAt > recordedAt) return refused('PORTAL_FIGURES.READ_IN_FUTURE', 'figures are not imported before they were read', 'source.readAt');
  if (readAt < period.start) {
    return refused('PORTAL_FIGURES.READ_BEFORE_PERIOD', 'nothing is published of a period before it begins', 'source.readAt');
  }
  return ok({
    ...(document === undefined ? {} : { document }), ...(address === undefined ? {} : { address }), readAt: formatInstant(readAt),
  });
}

function checkFigures(definition: IndexDefinition, stated: readonly StatedFigure[]): Result<PortalFigure[]> {
  const byId = new Map<string, PortalFigure>();
  for (const [index, figure] of stated.entries()) {
    const path = `figures.${index}`;
    const indicator = indicatorsOf(definition).find(({ id, metricCode }) => id === figure.indicator || metricCode === figure.indicator);
    if (indicator === undefined) {
      return refused('PORTAL_FIGURES.UNKNOWN_INDICATOR', 'the definition has no indicator of that id or metric code', `${path}.indicator`);
    }
    if (byId.has(indicator.id)) {
      return refused('PORTAL_FIGURES.STATED_TWICE', 'an indicator is stated once, by its id or by its metric code', `${path}.indicator`);
    }
    const checked = checkFigure(indicator, figure, path);
    if (!checked.ok) return checked;
    byId.set(indicator.id, checked.value);
  }
  return ok(indicatorsOf(definition).flatMap(({ id }) => byId.get(id) ?? []));
}

function checkFigure(indicator: IndicatorDefinition, stated: StatedFigure, path: string): Result<PortalFigure> {
  const { numerator, denominator, ratio, points } = stated;
  for (const part of ['numerator', 'denominator'] as const) {
    const count = stated[part];
    if (count !== undefined && (!Number.isSafeInteger(count) || count < 0)) {
      return refused('PORTAL_FIGURES.COUNT_MALFORMED', 'a count is a whole number, not below 0', `${path}.${part}`);
    }
  }
  if ((numerator === undefined) !== (denominator === undefined)) {
    return refused(
      'PORTAL_FIGURES.COUNTS_INCOMPLETE', 'numerator and denominator stand together or not at all', `${path}.${numerator === undefined ? 'numerator' : 'denominator'}`,
    );
  }
  if (indicator.measure !== TIME_MEASURE && numerator !== undefined && denominator !== undefined && numerator > denominator) {
    return refused('PORTAL_FIGURES.NUMERATOR_ABOVE_DENOMINATOR', 'a numerator is a part of its denominator', `${path}.numerator`);
  }
  const share = parseDecimal(ratio ?? '0');
  if (share === undefined || compare(share, fractionOf(1)) > 0) {
    return refused('PORTAL_FIGURES.RATIO_ABOVE_ONE', 'a ratio is a share of 1: "0.784"', `${path}.ratio`);
  }
  if (points !== undefined) {
    const checked = checkPoints(points, indicator.kind === 'scored' ? indicator.max : 0, `${path}.points`);
    if (!checked.ok) return checked;
  }
  return ok({
    indicator: indicator.id,
    ...(numerator === undefined || denominator === undefined ? {} : { numerator, denominator }),
    ...(ratio === undefined ? {} : { ratio }),
    ...(points === undefined ? {} : { points }),
  });
}

function checkGroups(definition: IndexDefinition, stated: StatedFigures['groups']): Result<PortalFiguresImported['groups']> {
  const byId = new Map<string, string>();
  for (const [index, { group: id, points }] of stated.entries()) {
    const path = `groups.${index}`;
    const group: GroupDefinition | undefined = definition.groups.find((each) => each.id === id);
    if (group === undefined) return refused('PORTAL_FIGURES.UNKNOWN_GROUP', 'the definition has no group of that id', `${path}.group`);
    if (byId.has(id)) return refused('PORTAL_FIGURES.STATED_TWICE', 'a group is stated once', `${path}.group`);
    const checked = checkPoints(points, group.max, `${path}.points`);
    if (!checked.ok) return checked;
    byId.set(id, points);
  }
  return ok(definition.groups.flatMap(({ id }) => {
    const points = byId.get(id);
    return points === undefined ? [] : [{ group: id, points }];
  }));
}

function checkPoints(text: string, max: number, path: string): Result<undefined> {
  const points = parseDecimal(text);
  if (points !== undefined && compare(points, fractionOf(max)) <= 0) return ok(undefined);
  return refused('PORTAL_FIGURES.POINTS_ABOVE_MAXIMUM', 'points are at most the maximum of the indicator, the group or the index', path);
}
