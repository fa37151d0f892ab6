import { defineFact, wireCode, wireLocalDay, wireUnitCode } from '@index766/contracts-envelope';
import { parsePeriod } from '@index766/kernel';
import { z } from 'zod';
import example from './figure-reported.v1.example.json';

/** Counts that units report because no event gives them (index-766.md §4, 1.4; §6, II.2 and II.5). */
export const REPORTED_COUNTS = [
  'national-synchronised', 'national-report', 'work-files-online', 'work-files', 'valid-results-digitised', 'valid-results',
  'commune-valid-results-digitised', 'commune-valid-results',
] as const;

/** Indices of a year that others publish (index-766.md §6, II.9). */
export const REPORTED_INDICES = ['par-index', 'sipas'] as const;

export const REPORTED_MEASURES = [...REPORTED_COUNTS, ...REPORTED_INDICES] as const;
export type ReportedCount = (typeof REPORTED_COUNTS)[number];
export type ReportedIndex = (typeof REPORTED_INDICES)[number];
export type ReportedMeasure = (typeof REPORTED_MEASURES)[number];

/** One version of a figure of one unit, measure and period. A correction is a later version; the latest known counts. */
export const figureReportedV1 = defineFact({
  type: 'catalog.figure-reported.v1',
  schema: z.object({
    unit: wireUnitCode,
    measure: z.enum(REPORTED_MEASURES),
    /** A name of index-766.md §1: `2026-10`, `2026-W47`. Of an index it is a year. */
    period: z.string().min(4).max(22).refine((name) => parsePeriod(name).ok),
    /** A count is a whole number; an index a decimal text, so that no digit is lost: `88.1500`. */
    value: z.union([z.int().min(0), z.string().regex(/^\d{1,6}(\.\d{1,4})?$/)]),
    /** Who recorded it: the subject of the token, a code. */
    reporter: wireCode,
    /** Number and day of the document that states it. */
    source: z.object({ document: wireCode, day: wireLocalDay }),
    version: z.int().min(1),
  }),
  example,
});

export type FigureReported = z.output<typeof figureReportedV1.schema>;

/** Key of the versions of one figure. None of the three has an `@` in it. */
export function reportedFigureKey(figure: { readonly unit: string; readonly measure: ReportedMeasure; readonly period: string }): string {
  return `${figure.unit}@${figure.measure}@${figure.period}`;
}

/** Whether a measure is an index of a year, or a count of any period. */
export function isReportedIndex(measure: ReportedMeasure): measure is ReportedIndex {
  return (REPORTED_INDICES as readonly string[]).includes(measure);
}
