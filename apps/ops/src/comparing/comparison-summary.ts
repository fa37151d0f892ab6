import type { LeftUnit } from './comparable-units';
import type { Comparison, ComparisonVerdict } from './compare-figures';

/** What a comparison came to. Units are counted once, figures by their verdict. */
export interface ComparisonSummary {
  readonly compared: number;
  /** Units that have figures to compare but are not loaded, or not wholly. */
  readonly notLoaded: number;
  /** Units without figures to compare. */
  readonly without: number;
  readonly verdicts: Readonly<Record<ComparisonVerdict, number>>;
}

/** @param left units that were asked for and could not be compared. */
export function summaryOf(comparisons: readonly Comparison[], compared: readonly string[], left: readonly LeftUnit[]): ComparisonSummary {
  const count = (verdict: ComparisonVerdict) => comparisons.filter((comparison) => comparison.verdict === verdict).length;
  const notLoaded = left.filter(({ isLoadable }) => isLoadable).length;
  return {
    compared: compared.length, notLoaded, without: left.length - notLoaded,
    verdicts: { agrees: count('agrees'), differs: count('differs'), 'not-compared': count('not-compared') },
  };
}

/** Two lines: of how many units of the file figures were compared, and how the figures came out. */
export function describeSummary({ compared, notLoaded, without, verdicts }: ComparisonSummary, file: string): string {
  const whole = compared + notLoaded + without;
  return `${file}: ${compared} / ${whole} đơn vị được so sánh / units compared, ${notLoaded} chưa nạp / not loaded, ${without} không có 2.1 dùng được / without a usable 2.1\n`
    + `${verdicts.agrees} khớp / agree, ${verdicts.differs} khác / differ, ${verdicts['not-compared']} không có công bố / nothing published to compare (–)\n`;
}

/** A figure that differs fails; under `--strict` so does one that breaks a rule and a unit that is not loaded. */
export function fails({ notLoaded, verdicts }: ComparisonSummary, inconsistencies: number, isStrict: boolean): boolean {
  return verdicts.differs > 0 || (isStrict && (inconsistencies > 0 || notLoaded > 0));
}
