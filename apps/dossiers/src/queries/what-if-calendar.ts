import { ok, type DossierId, type Instant, type Refusal, type Result } from '@index766/kernel';
import type { Clock, Dossiers } from '../application/ports';
import type { Reference } from '../application/reference';
import type { MovingDossiers } from '../application/review-due-dates';
import { reviewedBy } from '../application/reviewed-by';
import { changedCalendar, type CalendarChange } from '../domain/calendar-change';

/** An open dossier whose due instant an announced day would move. */
export interface WouldMove {
  readonly dossier: DossierId;
  readonly before: Instant | null;
  readonly after: Instant;
  /** False: the due instant had passed already and stays what it is (lifecycle.md §2). */
  readonly counts: boolean;
}

export interface WhatIfPage {
  /** `vn@2`: what the change was laid over. */
  readonly calendar: string;
  readonly moves: readonly WouldMove[];
  /** Dossiers that were looked at; the others cannot move. */
  readonly lookedAt: number;
  readonly next: DossierId | null;
}

/** Which open dossiers an announced holiday or make-up day would move, and to when, before anybody applies it. Changes nothing. */
export class WhatIfCalendar {
  constructor(
    private readonly dossiers: Pick<Dossiers, 'findMany'>,
    private readonly moving: MovingDossiers,
    private readonly reference: Reference,
    private readonly clock: Clock,
  ) {}

  /** Refuses the change as `checkCalendar` does, by its paths. */
  async execute(change: CalendarChange, after: DossierId | undefined, size: number): Promise<Result<WhatIfPage, readonly Refusal[]>> {
    await this.reference.fresh();
    const calendar = this.reference.newestCalendar();
    const changed = changedCalendar(calendar, change);
    if (!changed.ok) return changed;
    const reference = this.reference.withCalendar(changed.value);
    const now = this.clock.now();
    const ids = await this.moving.pageAfter(after, size);
    const found = await this.dossiers.findMany(ids);
    const moves = ids.flatMap((dossier): readonly WouldMove[] => {
      const stored = found.get(dossier);
      const move = stored === undefined ? undefined : reviewedBy(reference, stored.state, now)?.state.moves.at(-1);
      return move === undefined ? [] : [{ dossier, before: move.before, after: move.after, counts: move.counts }];
    });
    return ok({
      calendar: `${calendar.id}@${calendar.version}`, moves, lookedAt: ids.length,
      next: ids.length < size ? null : (ids.at(-1) ?? null),
    });
  }
}
