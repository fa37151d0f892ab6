import type { UnitCode } from '@index766/kernel';

/** Levels that a figures file may have; a province or a ministry stands above the others. */
export const FIGURE_LEVELS = ['PROVINCE', 'MINISTRY', 'DEPARTMENT', 'COMMUNE'] as const;
export type FigureLevel = (typeof FIGURE_LEVELS)[number];

/**
 * One published figure, as its row says it. A null is an empty cell: the portal published nothing there, which is not
 * 0. `indicator` is an indicator's or a group's id (index-766.md §4).
 */
export interface FigureRow {
  /** Place in the file; the heading is line 1. */
  readonly line: number;
  /** month, quarter, year or another: which one, the file does not say. */
  readonly period: string;
  /** `all`: every procedure; `formality`: one fee procedure. */
  readonly scope: string;
  readonly unit: UnitCode;
  readonly unitName: string;
  readonly level: FigureLevel;
  readonly indicator: string;
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** As printed, so that no digit is lost: `15.68`. */
  readonly points: string | null;
  readonly max: string | null;
}

/** A row with both numerator and denominator. */
export interface CountedRow extends FigureRow {
  readonly numerator: number;
  readonly denominator: number;
}

export function isCounted(row: FigureRow): row is CountedRow {
  return row.numerator !== null && row.denominator !== null;
}

/** Whether a sample and a comparison cover a row: the file's month, every procedure (index-766.md §7). */
export function isMonthly({ period, scope }: Pick<FigureRow, 'period' | 'scope'>): boolean {
  return period === 'month' && scope === 'all';
}

/** The rows that a sample and a comparison cover. */
export function monthlyRows(rows: readonly FigureRow[]): readonly FigureRow[] {
  return rows.filter(isMonthly);
}
