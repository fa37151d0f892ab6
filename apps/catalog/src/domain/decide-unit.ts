import type { UnitLevel } from '@index766/contracts-catalog';
import { ok, parseLocalDay, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';

import { latestContent, type UnitContent, type UnitDirectory } from './unit';
import { checkValidity, contentOn, nextVersion, type History, type Recorded } from './versions';

/**
 * What a unit's parent may be. A parent's level always stands above its child's, so no tree can have a cycle, and since
 * a unit keeps its level for ever, it never can get one.
 */
const PARENTS = {
  COUNTRY: [],
  MINISTRY: ['COUNTRY'],
  PROVINCE: ['COUNTRY'],
  DEPARTMENT: ['PROVINCE', 'MINISTRY'],
  COMMUNE: ['PROVINCE'],
  BALANCE: ['COUNTRY', 'MINISTRY', 'PROVINCE'],
} as const satisfies Record<UnitLevel, readonly UnitLevel[]>;

const ROOTS: readonly UnitLevel[] = ['COUNTRY', 'MINISTRY', 'PROVINCE'];

/** Where dossiers of an unknown unit are counted: made by the aggregator, never by an administrator. */
const RESERVED = /(^|\.)UNKNOWN$/u;

/**
 * Whether a version of a unit may be recorded. `undefined`: it says nothing new.
 *
 * @param directory holds the unit itself, the proposed parent, and the proposed successor with its successors.
 */
export function decideUnit(
  code: UnitCode, proposed: UnitContent, directory: UnitDirectory, now: Instant,
): Result<Recorded<UnitContent> | undefined> {
  const history = directory.find(code) ?? [];
  if (RESERVED.test(code)) return refused('UNIT.RESERVED_CODE', 'this code is reserved for dossiers of unknown units', 'code');
  if (levelDiffers(history, proposed)) {
    return refused('UNIT.LEVEL_CHANGED', 'a unit keeps its level; a unit of another level is another unit with another code', 'level');
  }
  const validity = checkValidity(proposed);
  if (!validity.ok) return validity;
  const parent = checkParent(proposed, directory);
  if (!parent.ok) return parent;
  const successor = checkSuccessor(code, proposed, directory);
  if (!successor.ok) return successor;
  return ok(nextVersion(history, proposed, now));
}

function levelDiffers(history: History<UnitContent>, { level }: UnitContent): boolean {
  return history.some(({ content }) => content.level !== level);
}

function checkParent({ level, parent, validFrom }: UnitContent, directory: UnitDirectory): Result<undefined> {
  if (parent === null) {
    return ROOTS.includes(level)
      ? ok(undefined)
      : refused('UNIT.PARENT_MISSING', `a unit of this level has a parent: ${PARENTS[level].join(' or ')}`, 'parent');
  }
  const history = directory.find(parent);
  if (history === undefined) return refused('UNIT.UNKNOWN_PARENT', 'the parent is not recorded; record it first', 'parent');
  const onFirstDay = parseLocalDay(validFrom);
  const inForce = onFirstDay === undefined ? undefined : contentOn(history, onFirstDay)?.content;
  if (inForce === undefined) {
    return refused('UNIT.PARENT_NOT_IN_FORCE', 'the parent does not exist on the day on which the version begins', 'parent');
  }
  const allowed: readonly UnitLevel[] = PARENTS[level];
  return allowed.includes(inForce.level)
    ? ok(undefined)
    : refused('UNIT.PARENT_OF_WRONG_LEVEL', `the parent of a unit of this level is ${allowed.join(' or ') || 'nothing'}`, 'parent');
}

function checkSuccessor(code: UnitCode, { level, successor, validTo }: UnitContent, directory: UnitDirectory): Result<undefined> {
  if (successor === undefined) return ok(undefined);
  if (validTo === undefined) {
    return refused('UNIT.SUCCESSOR_WITHOUT_END', 'a successor takes over from a unit that ends: state validTo', 'successor');
  }
  const history = directory.find(successor);
  if (history === undefined) return refused('UNIT.UNKNOWN_SUCCESSOR', 'the successor is not recorded; record it first', 'successor');
  if (latestContent(history)?.level !== level) {
    return refused('UNIT.SUCCESSOR_OF_WRONG_LEVEL', 'a successor has the level of the unit that it follows', 'successor');
  }
  return successorsFrom(successor, directory).has(code)
    ? refused('UNIT.SUCCESSOR_CYCLE', 'a unit does not succeed itself', 'successor')
    : ok(undefined);
}

/** A unit and all that its versions hand its dossiers on to. */
function successorsFrom(first: UnitCode, directory: UnitDirectory): ReadonlySet<UnitCode> {
  const reached = new Set<UnitCode>([first]);
  for (const code of reached) {
    for (const { content } of directory.find(code) ?? []) {
      if (content.successor !== undefined) reached.add(content.successor);
    }
  }
  return reached;
}
