import type { Instant, SupplementId } from '@index766/kernel';
import type { KnownDossier } from './known-dossier';
import type { Snapshot, SnapshotSupplement } from './snapshot';

/** What a snapshot's NgayHenTra and the due dates of its supplements mean together. */
export interface StatedDues {
  /** The due instant at receipt, before any supplement moved it. */
  readonly atReceipt?: Instant;
  /** NgayHenTra where nothing else accounts for it: the source moved the due instant. */
  readonly moved?: Instant;
  /** The completed supplement that the move belongs to; absent: it belongs to none, and is dated by its recording. */
  readonly movedBy?: SupplementId;
}

/**
 * NgayHenTra is the due instant now in force, so a supplement's new one shows up in it sooner or later. What it was at
 * receipt is NgayHenTraTruoc of the first supplement that moved it, which makes a late snapshot say the same as an early
 * one. A changed NgayHenTra that no supplement states as its own belongs to the last completed one that states none
 * (national-sync.md), else to no event at all.
 */
export function statedDuesOf(snapshot: Snapshot, known: KnownDossier): StatedDues {
  const { dueAt } = snapshot;
  const accounted = accountedDues(snapshot, known);
  const isAccounted = dueAt === undefined || accounted.has(dueAt);
  const firstMove = firstMoveOf(snapshot.supplements);
  const atReceipt = firstMove?.dueBefore ?? (isAccounted ? undefined : dueAt);
  const before = known.events.received === undefined ? atReceipt : known.statedDueAt;
  const stated = atReceipt === undefined ? {} : { atReceipt };
  if (isAccounted || before === undefined || dueAt === before) return stated;
  const movedBy = known.statedDueAt === undefined ? undefined : lastUndatedCompletion(snapshot, known);
  return { ...stated, moved: dueAt, ...(movedBy === undefined ? {} : { movedBy }) };
}

function accountedDues({ supplements }: Snapshot, known: KnownDossier): ReadonlySet<Instant | undefined> {
  return new Set([
    ...supplements.map(({ newDueAt }) => newDueAt),
    ...[...known.supplements.values()].map(({ newDueAt }) => newDueAt),
    ...known.extendedTo,
  ]);
}

function firstMoveOf(supplements: readonly SnapshotSupplement[]): SnapshotSupplement | undefined {
  let first: SnapshotSupplement | undefined;
  for (const supplement of supplements) {
    if (supplement.completedAt === undefined || supplement.newDueAt === undefined) continue;
    if (first?.completedAt === undefined || supplement.completedAt < first.completedAt) first = supplement;
  }
  return first;
}

/** The last completed supplement, here or known, for which no new due instant is stated. */
function lastUndatedCompletion({ supplements }: Snapshot, known: KnownDossier): SupplementId | undefined {
  const completions = new Map<SupplementId, { readonly at: Instant; readonly isDated: boolean }>();
  for (const [id, { completed, newDueAt }] of known.supplements) {
    if (completed !== undefined) completions.set(id, { at: completed.at, isDated: newDueAt !== undefined });
  }
  for (const { supplement, completedAt, newDueAt } of supplements) {
    const before = completions.get(supplement);
    const at = before?.at ?? completedAt;
    if (at !== undefined) completions.set(supplement, { at, isDated: newDueAt !== undefined || (before?.isDated ?? false) });
  }
  let last: { readonly id: SupplementId; readonly at: Instant } | undefined;
  for (const [id, { at, isDated }] of completions) {
    if (!isDated && (last === undefined || at > last.at)) last = { id, at };
  }
  return last?.id;
}
