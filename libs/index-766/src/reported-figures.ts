import type { UnitCode } from '@index766/kernel';
import { codesOf } from './code-order';
import type { Measures, Pair } from './measures';

/** Counts that no event gives (facts.md, reported figures). */
export const REPORTED_COUNTS = [
  'national-synchronised', 'national-report', 'work-files-online', 'work-files', 'valid-results-digitised', 'valid-results',
  'commune-valid-results-digitised', 'commune-valid-results',
] as const;
/** Indices of a year, as decimal text. */
export const REPORTED_INDICES = ['par-index', 'sipas'] as const;
export type ReportedCount = (typeof REPORTED_COUNTS)[number];
export type ReportedIndex = (typeof REPORTED_INDICES)[number];

/** What one unit reported for one period, each in its last version; what is absent was not reported. */
export type ReportedFigures = Readonly<Partial<Record<ReportedCount, number> & Record<ReportedIndex, string>>>;

export type ReportsOfUnits = ReadonlyMap<UnitCode, ReportedFigures>;

/** 1.4: what was reported stands instead of what was counted, numerator and denominator each for itself. */
export function withReported(measures: Measures, unit: UnitCode, reported: ReportedFigures | undefined): Measures {
  const numerator = reported?.['national-synchronised'];
  const denominator = reported?.['national-report'];
  if (numerator === undefined && denominator === undefined) return measures;
  const counted = measures.pairs['dossiers-synchronised'];
  const stated: Pair = { numerator: numerator ?? counted.numerator, denominator: denominator ?? counted.denominator };
  return {
    ...measures,
    pairs: { ...measures.pairs, 'dossiers-synchronised': stated },
    sets: { ...measures.sets, 'reporting-units': codesOf([...measures.sets['reporting-units'] ?? [], unit]) },
  };
}
