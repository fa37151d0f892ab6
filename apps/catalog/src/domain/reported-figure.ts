import { isReportedIndex, reportedFigureKey, type ReportedMeasure } from '@index766/contracts-catalog';
import { ok, parsePeriod, refused, saysTheSame, type Instant, type Result, type UnitCode } from '@index766/kernel';

import type { UnitDirectory } from './unit';
import { checkDay, numbered, type History, type Recorded } from './versions';

/** What a figure is about. */
export interface FigureId {
  readonly unit: UnitCode;
  readonly measure: ReportedMeasure;
  /** A name of index-766.md §1: `2026-10`. */
  readonly period: string;
}

/** The document that states a figure. */
export interface FigureSource {
  /** Its number, a code. */
  readonly document: string;
  readonly day: string;
}

/** A figure as somebody states it. */
export interface StatedFigure {
  /** A count is a whole number, an index a decimal text. */
  readonly value: number | string;
  readonly source: FigureSource;
}

/** What one version says of a figure; the latest version counts. */
export interface FigureContent extends StatedFigure {
  /** Who recorded it, a code. */
  readonly reporter: string;
}

/** The key under which the versions of a figure are recorded. */
export const figureKey: (id: FigureId) => string = reportedFigureKey;

/** What `figureKey` was made of. */
export function figureIdOf(key: string): FigureId {
  const [unit = '', measure = '', period = ''] = key.split('@');
  const id: FigureId = { unit: unit as UnitCode, measure: measure as ReportedMeasure, period };
  if (figureKey(id) !== key) throw new Error('a figure is stored under a key that is none');
  return id;
}

const INDEX_VALUE = /^(0|[1-9]\d{0,5})(\.\d{1,4})?$/;

/**
 * Whether a version of a figure may be recorded. `undefined`: the latest says the same already, whoever recorded it.
 * Figures are not held against each other: two reports need not come together.
 */
export function decideFigure(
  { unit, measure, period }: FigureId, history: History<FigureContent>, proposed: FigureContent, directory: UnitDirectory, now: Instant,
): Result<Recorded<FigureContent> | undefined> {
  if (directory.find(unit) === undefined) return refused('FIGURE.UNKNOWN_UNIT', 'the unit is not recorded; record it first', 'unit');
  const asked = parsePeriod(period);
  if (!asked.ok) return asked;
  if (isReportedIndex(measure) && asked.value.kind !== 'year') {
    return refused('FIGURE.PERIOD_OF_INDEX', 'an index is of a year, written 2026', 'period');
  }
  const value = checkValue(measure, proposed.value);
  if (!value.ok) return value;
  const day = checkDay(proposed.source.day, 'source.day');
  if (!day.ok) return day;
  const last = history.at(-1);
  return ok(last !== undefined && saysTheSame(statedIn(last.content), statedIn(proposed)) ? undefined : numbered(history, proposed, now));
}

function checkValue(measure: ReportedMeasure, value: number | string): Result<undefined> {
  if (isReportedIndex(measure)) {
    return typeof value === 'string' && INDEX_VALUE.test(value)
      ? ok(undefined)
      : refused('FIGURE.VALUE_MALFORMED', 'an index is a text of digits, with at most four after a point: "88.15"', 'value');
  }
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? ok(undefined)
    : refused('FIGURE.VALUE_MALFORMED', 'a count is a whole number, not below 0', 'value');
}

function statedIn({ value, source }: FigureContent): StatedFigure {
  return { value, source };
}
