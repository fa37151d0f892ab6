import { addDays, type LocalDay } from '@index766/kernel';

const DAYS_PER_WEEK = 7;

/**
 * Running totals of a quantity per day, over all days: a prefix table where days differ, plain arithmetic before and
 * after it, where one week repeats. So a due date of the year 9999 costs no more than one of next week.
 * Totals count from the table's first day; before it they are negative.
 */
export interface CumulativeDays {
  /** Sum over the days before `day`. */
  before(day: LocalDay): number;
  /** The first day at whose end the sum has reached `target`. */
  firstReaching(target: number): LocalDay;
}

/**
 * @param first first day of the table.
 * @param table one value (≥ 0) a day, whole weeks or nothing.
 * @param weekBefore the seven values that repeat before the table, and `weekAfter` those after it; not all 0.
 */
export function cumulativeDays(
  first: LocalDay, table: readonly number[], weekBefore: readonly number[], weekAfter: readonly number[],
): CumulativeDays {
  const end = addDays(first, table.length);
  const inTable = prefixSums(table);
  const before = prefixSums(weekBefore);
  const after = prefixSums(weekAfter);
  const tableTotal = lastOf(inTable);
  const weekTotalBefore = lastOf(before);
  const weekTotalAfter = lastOf(after);
  if (weekTotalBefore <= 0 || weekTotalAfter <= 0) throw new RangeError('a calendar was used whose week has no working time');

  return {
    before: (day) => {
      if (day < first) {
        const weeks = Math.ceil((first - day) / DAYS_PER_WEEK);
        return at(before, day - first + weeks * DAYS_PER_WEEK) - weeks * weekTotalBefore;
      }
      if (day < end) return at(inTable, day - first);
      const weeks = Math.floor((day - end) / DAYS_PER_WEEK);
      return tableTotal + weeks * weekTotalAfter + at(after, day - end - weeks * DAYS_PER_WEEK);
    },
    firstReaching: (target) => {
      if (target <= 0) {
        const weeks = Math.floor(-target / weekTotalBefore) + 1;
        return addDays(first, indexReaching(before, target + weeks * weekTotalBefore) - weeks * DAYS_PER_WEEK);
      }
      if (target <= tableTotal) return addDays(first, indexReaching(inTable, target));
      const rest = target - tableTotal;
      const weeks = Math.ceil(rest / weekTotalAfter) - 1;
      return addDays(end, weeks * DAYS_PER_WEEK + indexReaching(after, rest - weeks * weekTotalAfter));
    },
  };
}

function prefixSums(values: readonly number[]): readonly number[] {
  const sums = [0];
  for (const value of values) sums.push(lastOf(sums) + value);
  return sums;
}

/** The smallest index whose value, added to those before it, brings the sum to `target` (> 0). */
function indexReaching(sums: readonly number[], target: number): number {
  let low = 0;
  let high = sums.length - 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (at(sums, middle + 1) >= target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function lastOf(sums: readonly number[]): number {
  return at(sums, sums.length - 1);
}

function at(sums: readonly number[], index: number): number {
  const sum = sums[index];
  if (sum === undefined) throw new RangeError('a day outside the table was asked for');
  return sum;
}
