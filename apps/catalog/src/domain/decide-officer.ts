import {
  compareText, latest, ok, parseLocalDay, refused, saysTheSame, type Instant, type OfficerPseudonym, type Result,
} from '@index766/kernel';

import {
  descriptionOf, NOTHING_STATED, type Absence, type KnowledgeSince, type Officer, type OfficerStatement, type Sighting,
} from './officer';
import { checkValidity } from './versions';

/** Others that a merge has to look at. */
export interface MergeNeighbours {
  /** The one that it is to be merged into, if that one is known. */
  readonly target: Officer | undefined;
  /** Whether others are merged into this one. */
  readonly hasMerged: boolean;
}

/** What a decision about an officer leaves: the new state, and whether readers are to be told. */
export interface DecidedOfficer {
  readonly officer: Officer;
  readonly tells: boolean;
}

export type SightingOutcome = 'applied' | 'duplicate' | 'conflict';

/** Whether an administrator's statement may be recorded. `undefined`: it says nothing new. */
export function decideStatement(
  pseudonym: OfficerPseudonym, officer: Officer | undefined, statement: OfficerStatement, neighbours: MergeNeighbours, now: Instant,
): Result<DecidedOfficer | undefined> {
  if (officer === undefined) return refused('OFFICER.NOT_FOUND', 'no push has named an officer under this pseudonym', 'pseudonym');
  if (statement.name === undefined && officer.sighting === null) {
    return refused('OFFICER.NAME_MISSING', 'the name was erased; state one', 'name');
  }
  const validity = checkValidity(statement);
  if (!validity.ok) return validity;
  const absences = inOrder(statement.absences);
  if (!areSeparate(absences)) {
    return refused('OFFICER.ABSENCES_OVERLAP', 'an absence has days that exist, ends after it begins, and overlaps no other', 'absences');
  }
  const merge = checkMerge(pseudonym, statement.mergedInto, neighbours);
  if (!merge.ok) return merge;
  return ok(tellIfNew(officer, { ...officer, statement: { ...statement, absences }, erased: false }, now));
}

/**
 * Takes the name of an officer out of everything that is kept here. Later pushes do not bring it back: only an
 * administrator's statement does. `undefined`: it was erased already.
 */
export function decideErasure(officer: Officer | undefined, now: Instant): Result<DecidedOfficer | undefined> {
  if (officer === undefined) return refused('OFFICER.NOT_FOUND', 'no push has named an officer under this pseudonym', 'pseudonym');
  return ok(tellIfNew(officer, { ...officer, sighting: null, statement: NOTHING_STATED, earlier: [], erased: true }, now));
}

/** Takes in what pushes said, in the order of their sequence. `undefined`: all of it is a repetition. */
export function takeSightings(officer: Officer | undefined, sightings: readonly Sighting[]): DecidedOfficer | undefined {
  const newest = sightings.reduce<Sighting | undefined>(
    (last, each) => (each.sequence > (last?.sequence ?? officer?.lastSeen ?? 0) ? each : last), undefined,
  );
  if (newest === undefined) return undefined;
  const { sequence, recordedAt, unit, ...sighting } = newest;
  if (officer === undefined) {
    const first: Officer = {
      unit, lastSeen: sequence, sighting, statement: NOTHING_STATED, knownSince: recordedAt, earlier: [], erased: false, records: 1, recordedAt,
    };
    return { officer: first, tells: true };
  }
  const seen: Officer = { ...officer, unit, lastSeen: sequence, sighting: officer.erased ? null : sighting };
  return tellIfNew(officer, seen, recordedAt) ?? { officer: seen, tells: false };
}

/**
 * What becomes of each: earlier than the newest one, it is superseded and changes nothing; the newest sequence with other
 * content is a conflict, unless that content was erased.
 */
export function outcomesOf(officer: Officer | undefined, sightings: readonly Sighting[]): readonly SightingOutcome[] {
  let newest = officer === undefined ? 0 : officer.lastSeen;
  let content = officer?.sighting ? contentOf({ ...officer.sighting, unit: officer.unit }) : undefined;
  return sightings.map((sighting) => {
    if (sighting.sequence > newest) {
      newest = sighting.sequence;
      content = contentOf(sighting);
      return 'applied';
    }
    const isOther = sighting.sequence === newest && content !== undefined && content !== contentOf(sighting);
    return isOther ? 'conflict' : 'duplicate';
  });
}

function contentOf({ name, title, department, unit }: Pick<Sighting, 'name' | 'title' | 'department' | 'unit'>): string {
  return JSON.stringify([name, title ?? null, department ?? null, unit]);
}

function tellIfNew(before: Officer, after: Officer, now: Instant): DecidedOfficer | undefined {
  if (saysTheSame(descriptionOf(before), descriptionOf(after)) && before.erased === after.erased) return undefined;
  const recordedAt = latest(now, before.recordedAt);
  return { officer: { ...after, ...knowledgeAfter(before, after, recordedAt), records: before.records + 1, recordedAt }, tells: true };
}

/** Most that is kept of what was said before: with the newest it has to fit into one record. */
const MOST_EARLIER = 50;
const MOST_EARLIER_ABSENCES = 300;

function knowledgeAfter(before: Officer, after: Officer, recordedAt: Instant): Pick<Officer, 'knownSince' | 'earlier'> {
  // What an erased officer was said to be is gone with the name.
  if (before.erased || after.erased) return { knownSince: recordedAt, earlier: [] };
  const [was, is] = [before, after].map(({ statement: { mergedInto, ambiguous, absences } }) => ({ mergedInto, ambiguous, absences }));
  if (was === undefined || saysTheSame(was, is)) return { knownSince: before.knownSince, earlier: before.earlier };
  return { knownSince: recordedAt, earlier: newestThatFit([...before.earlier, { ...was, knownSince: before.knownSince }]) };
}

function newestThatFit(earlier: readonly KnowledgeSince[]): readonly KnowledgeSince[] {
  let absences = 0;
  const tooOld = earlier.findLastIndex((each, index) => {
    absences += each.absences.length;
    return absences > MOST_EARLIER_ABSENCES || earlier.length - index > MOST_EARLIER;
  });
  return earlier.slice(tooOld + 1);
}

function checkMerge(
  pseudonym: OfficerPseudonym, mergedInto: OfficerPseudonym | undefined, { target, hasMerged }: MergeNeighbours,
): Result<undefined> {
  if (mergedInto === undefined) return ok(undefined);
  if (mergedInto === pseudonym) return refused('OFFICER.MERGED_INTO_ITSELF', 'an officer is merged into another one', 'mergedInto');
  if (target === undefined) return refused('OFFICER.UNKNOWN_MERGE_TARGET', 'no push has named an officer under this pseudonym', 'mergedInto');
  if (target.statement.mergedInto !== undefined) {
    return refused('OFFICER.MERGE_CHAIN', 'the other one is merged itself: merge into the one that stands for both', 'mergedInto');
  }
  return hasMerged
    ? refused('OFFICER.MERGE_CHAIN', 'others are merged into this one: merge them into the new one first', 'mergedInto')
    : ok(undefined);
}

function inOrder(absences: readonly Absence[]): readonly Absence[] {
  return [...absences].sort((a, b) => compareText(a.firstDay, b.firstDay));
}

function areSeparate(absences: readonly Absence[]): boolean {
  return absences.every(({ firstDay, lastDay }, index) => {
    const before = absences[index - 1];
    return parseLocalDay(firstDay) !== undefined && parseLocalDay(lastDay) !== undefined && firstDay <= lastDay &&
      (before === undefined || before.lastDay < firstDay);
  });
}
