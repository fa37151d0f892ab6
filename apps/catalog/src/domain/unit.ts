import type { UnitLevel } from '@index766/contracts-catalog';
import type { UnitCode } from '@index766/kernel';

import type { History, Validity } from './versions';

/** What one version says of a unit that has an index of its own (index-766.md §2). */
export interface UnitContent extends Validity {
  readonly name: string;
  readonly level: UnitLevel;
  /** Null for the root of a tree. */
  readonly parent: UnitCode | null;
  /** Takes over the dossiers from the day after `validTo` on. */
  readonly successor?: UnitCode | undefined;
  /** Periods that end after this day are published without being asked for. */
  readonly reportingSince?: string | undefined;
}

/** The units that a decision needs to look at. */
export interface UnitDirectory {
  find(code: UnitCode): History<UnitContent> | undefined;
}

/** What is said of a unit last: of its versions the one that begins last. */
export function latestContent(history: History<UnitContent>): UnitContent | undefined {
  return history.reduce<UnitContent | undefined>(
    (last, { content }) => (last === undefined || content.validFrom >= last.validFrom ? content : last), undefined,
  );
}

/** Parent, its parent and so on, nearest first, as they are said last: who may act for a unit today. */
export function ancestorsOf(directory: UnitDirectory, code: UnitCode): readonly UnitCode[] {
  const ancestors: UnitCode[] = [];
  let next = parentOf(directory, code);
  while (next !== null && !ancestors.includes(next)) {
    ancestors.push(next);
    next = parentOf(directory, next);
  }
  return ancestors;
}

function parentOf(directory: UnitDirectory, code: UnitCode): UnitCode | null {
  return latestContent(directory.find(code) ?? [])?.parent ?? null;
}
