import type { DossierFact } from '@index766/dossier-life';
import { latest, ok, refused, type DossierId, type Instant, type Result } from '@index766/kernel';
import type { Conflict } from './findings';
import { compareRank, type SnapshotRank } from './snapshot';

/** Parts that were passed on, by their hash, with the rank of the snapshot that said them. */
export interface PassedOnParts {
  readonly hash: string;
  readonly rank: SnapshotRank;
}

/** A due instant that was set anew because a calendar or a procedure changed. */
export interface DueMove {
  /** What changed: `vn@2`, `2.000815@3`. */
  readonly causedBy: string;
  readonly before: Instant | null;
  readonly after: Instant;
  readonly recordedAt: Instant;
  /** False where the old due instant had passed already: the new one is taken down and does not count (lifecycle.md §3). */
  readonly counts: boolean;
}

/** All that this service keeps of one dossier. */
export interface DossierState {
  readonly dossier: DossierId;
  /** In the order of their sequence, from 1 without gaps. */
  readonly facts: readonly DossierFact[];
  /** The highest rank of an accepted snapshot of the owner. */
  readonly rank: SnapshotRank | null;
  /** Hashes of the accepted elements of pushes: one that is known says nothing new. */
  readonly seen: readonly string[];
  readonly passedOn: readonly PassedOnParts[];
  readonly conflicts: readonly Conflict[];
  /** Records sent on the intake topic. */
  readonly intakeCount: number;
  readonly moves: readonly DueMove[];
}

export function emptyDossier(dossier: DossierId): DossierState {
  return { dossier, facts: [], rank: null, seen: [], passedOn: [], conflicts: [], intakeCount: 0, moves: [] };
}

/** When something that comes now is taken down: never before what was taken down last (architecture.md §2). */
export function recordingInstant({ facts }: DossierState, at: Instant): Instant {
  const last = facts[facts.length - 1]?.recordedAt;
  return last === undefined ? at : latest(at, last);
}

/** The most facts that a dossier may have: a source that corrects itself without end is stopped here. */
export const MAX_FACTS = 1_000;

/** Refuses more facts than a dossier may have. */
export function checkRoom({ facts }: DossierState, added: readonly DossierFact[]): Result<readonly DossierFact[]> {
  return facts.length + added.length <= MAX_FACTS
    ? ok(added)
    : refused('DOSSIER.TOO_MANY_FACTS', `a dossier has at most ${MAX_FACTS} facts`);
}

/** As many of them as a dossier has room for: what is only heard makes nothing refused. */
export function withinRoom<Fact>(facts: readonly DossierFact[], added: readonly Fact[]): readonly Fact[] {
  return added.slice(0, Math.max(0, MAX_FACTS - facts.length));
}

/** Older hashes are forgotten: a source that repeats a snapshot does so soon. */
const SEEN_KEPT = 200;

export function withSeen(seen: readonly string[], hash: string): readonly string[] {
  return seen.length < SEEN_KEPT ? [...seen, hash] : [...seen.slice(1 - SEEN_KEPT), hash];
}

const PASSED_ON_KEPT = 50;

/** One entry for each content, with the highest rank that said it. */
export function withPassedOn(passedOn: readonly PassedOnParts[], added: PassedOnParts): readonly PassedOnParts[] {
  return [...passedOn.filter(({ hash }) => hash !== added.hash), added].slice(-PASSED_ON_KEPT);
}

export function higherRank(a: SnapshotRank | null, b: SnapshotRank): SnapshotRank {
  return a === null || compareRank(a, b) < 0 ? b : a;
}

const CONFLICTS_KEPT = 100;

/** Conflicts as a set: the same value of the same source is kept once, and the first ones of very many. */
export function withConflicts(known: readonly Conflict[], found: readonly Conflict[]): readonly Conflict[] {
  const added = found.filter((each) => !known.some((other) => sameConflict(each, other)));
  return added.length === 0 ? known : [...known, ...added].slice(0, CONFLICTS_KEPT);
}

function sameConflict(a: Conflict, b: Conflict): boolean {
  return a.source === b.source && a.field === b.field && a.part === b.part && a.value === b.value;
}
