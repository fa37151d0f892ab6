import type { ProcedureCode } from '@index766/kernel';
import type { Counts } from './counts-by-unit';
import { procedureCode } from './procedure-marks';

/** Whether something was due in the period and done in time, done earlier, or due in the period and not done. */
export type Announcing = 'in-period' | 'before' | 'overdue';

/** A procedure of a province's own set (1.1–1.3, 3.1). */
export interface AnnouncedProcedure {
  readonly procedure: ProcedureCode;
  readonly announced: Announcing | null;
  readonly published: Announcing | null;
  readonly hasAllParts: boolean;
  readonly online: boolean;
}

/** Indicators of the set that a province has and its units show. */
export const OF_THE_PROVINCE = ['1.1', '1.2', '1.3', '3.1'] as const;

const FAMILY = 5;

/** The set that a province's rows count. Where they count nothing it has a procedure that is neither announced nor public: 0 is known. */
export function announcedProcedures(rows: Counts): readonly AnnouncedProcedure[] {
  const count = (indicator: (typeof OF_THE_PROVINCE)[number], side: 'numerator' | 'denominator') => rows.get(indicator)?.[side] ?? 0;
  const announcing = announcingOf(count('1.1', 'numerator'), count('1.1', 'denominator'), count('3.1', 'denominator'));
  const publishing = announcingOf(count('1.2', 'numerator'), count('1.2', 'denominator'), count('1.3', 'denominator'));
  const online = count('3.1', 'numerator');
  const isKnown = OF_THE_PROVINCE.some((indicator) => rows.has(indicator));
  return Array.from({ length: Math.max(announcing.all, publishing.all, isKnown ? 1 : 0) }, (_, index) => ({
    procedure: procedureCode(FAMILY, index),
    announced: announcing.at(index), published: publishing.at(index),
    hasAllParts: index < count('1.3', 'numerator'), online: index < online,
  }));
}

/** Of `done` ones the first `onTime` were due in the period; after them come those that were due and are not done. */
function announcingOf(onTime: number, due: number, done: number): { all: number; at: (index: number) => Announcing | null } {
  const known = Math.max(done, onTime);
  const all = known + due - onTime;
  return { all, at: (index) => (index < onTime ? 'in-period' : index < known ? 'before' : index < all ? 'overdue' : null) };
}
