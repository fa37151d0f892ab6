import { placeOf, type CaseView, type UnitTree } from '@index766/index-766';
import { holderAt, judgeAt } from '@index766/dossier-life';
import { localDayOf, periodContaining, type Instant, type UnitCode } from '@index766/kernel';

/** What a unit has in hand at T. */
export interface OpenDossiers {
  readonly open: number;
  readonly overdue: number;
  readonly dueToday: number;
}

export const NONE_OPEN: OpenDossiers = { open: 0, overdue: 0, dueToday: 0 };

/** Counts the dossiers in hand at T by the unit of the tree that holds them; those of unknown units by their reserved unit. */
export function openDossiersOf(views: Iterable<CaseView>, tree: UnitTree, at: Instant): ReadonlyMap<UnitCode, OpenDossiers> {
  const running = periodContaining('week', at);
  const today = localDayOf(at);
  const byUnit = new Map<UnitCode, OpenDossiers>();
  for (const { dossier } of views) {
    if (dossier.endedAt !== null && dossier.endedAt <= at) continue;
    const { belongs, late, dueAt, state } = judgeAt(dossier, running, at);
    const holder = holderAt(dossier, at);
    if (!belongs || state === 'ended' || holder === null) continue;
    const unit = placeOf(tree, holder);
    const before = byUnit.get(unit) ?? NONE_OPEN;
    const isDueToday = !late && dueAt !== null && localDayOf(dueAt) === today;
    byUnit.set(unit, { open: before.open + 1, overdue: before.overdue + Number(late), dueToday: before.dueToday + Number(isDueToday) });
  }
  return byUnit;
}

/** Sums by unit: parts of what is in hand, counted apart. */
export function sumOpenDossiers(parts: Iterable<ReadonlyMap<UnitCode, OpenDossiers>>): ReadonlyMap<UnitCode, OpenDossiers> {
  const sums = new Map<UnitCode, OpenDossiers>();
  for (const part of parts) {
    for (const [unit, { open, overdue, dueToday }] of part) {
      const before = sums.get(unit) ?? NONE_OPEN;
      sums.set(unit, { open: before.open + open, overdue: before.overdue + overdue, dueToday: before.dueToday + dueToday });
    }
  }
  return sums;
}
