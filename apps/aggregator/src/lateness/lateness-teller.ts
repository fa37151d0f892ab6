import { holderAt, type DossierView } from '@index766/dossier-life';
import type { CaseView } from '@index766/index-766';
import { localDayOf, type DossierId, type Instant } from '@index766/kernel';
import { calendarFor, type WorkingCalendar } from '@index766/working-time';

import type { LedgerFollower, StoredView } from '../ledger';
import { asOfMinute } from '../measures';
import type { Reference } from '../reference';
import { latenessStateAt, nextLatenessChange } from './lateness-state';
import { NOTHING_TOLD, standsOtherwise, tellOf, type ToldLateness, type ToldLatenessStore } from './told-lateness';

const DOSSIERS_PER_WRITE = 500;

export interface LatenessTellerOptions {
  readonly store: ToldLatenessStore;
  /** The cases of a partition that this member owns. */
  readonly casesOf: (partition: number) => Iterable<CaseView>;
  readonly reference: Pick<Reference, 'calendar' | 'calendarOf'>;
  /** Resolves when the group has confirmed, after this call, that this member still owns the partition; rejects when it does not. */
  readonly confirmOwnership: (partition: number) => Promise<void>;
  readonly now: () => Instant;
}

interface OwnedPartition {
  /** Dossiers in hand, and those that were told to be due soon or overdue. */
  readonly views: Map<DossierId, DossierView>;
  readonly told: Map<DossierId, ToldLateness>;
  readonly wakeAt: Map<DossierId, Instant>;
  /** Nobody has looked at them since they changed. */
  readonly unseen: Set<DossierId>;
  /** Facts wait behind the last batch: what is known of a dossier may be half of it. */
  behind: number;
  /** The first round is left to the batches that wait. */
  isFirstRound: boolean;
}

/**
 * Tells in rounds, once a minute, which dossiers are due soon, overdue, and overdue no more. It compares how they stand with what was
 * told, which is stored beside the generations, with the events, in one write: a crash repeats no other events, and a rebuild
 * none at all (ADR 0187).
 */
export class LatenessTeller implements LedgerFollower<CaseView> {
  private readonly owned = new Map<number, OwnedPartition>();

  constructor(private readonly options: LatenessTellerOptions) {}

  /** Documents were repaired behind this member's back: the cases are read again. */
  takeAgain(): Promise<void> {
    return this.assigned([...this.owned.keys()]);
  }

  async assigned(partitions: readonly number[]): Promise<void> {
    const asOf = asOfMinute(this.options.now());
    for (const partition of partitions) {
      const told = new Map(await this.options.store.openOf(partition));
      const owned: OwnedPartition = { views: new Map(), told, wakeAt: new Map(), unseen: new Set(), behind: 0, isFirstRound: true };
      for (const { dossier } of this.options.casesOf(partition)) {
        // Most have ended long ago, and nothing is to be told of them any more.
        if (told.has(dossier.dossier) || !isOver(dossier, asOf)) take(owned, dossier);
      }
      this.owned.set(partition, owned);
    }
  }

  revoked(partitions: readonly number[]): void {
    for (const partition of partitions) this.owned.delete(partition);
  }

  saved(partition: number, cases: readonly StoredView<CaseView>[], behind: number): Promise<void> {
    const owned = this.owned.get(partition);
    if (owned !== undefined) {
      for (const { view: { dossier } } of cases) take(owned, dossier);
      owned.behind = behind;
    }
    return Promise.resolve();
  }

  /** A calendar changed: everything is looked at again. */
  lookAgain(): void {
    for (const { views, unseen } of this.owned.values()) for (const dossier of views.keys()) unseen.add(dossier);
  }

  async tick(): Promise<void> {
    for (const [partition, owned] of [...this.owned]) {
      if (owned.isFirstRound) owned.isFirstRound = false;
      else if (owned.behind === 0) await this.tellOwned(partition, owned);
    }
  }

  private async tellOwned(partition: number, owned: OwnedPartition): Promise<void> {
    const at = asOfMinute(this.options.now());
    for (const [dossier, wakeAt] of owned.wakeAt) if (wakeAt <= at) owned.unseen.add(dossier);
    const looked = new Map([...owned.unseen].flatMap((dossier) => {
      const view = owned.views.get(dossier);
      return view === undefined ? [] : [[dossier, view] as const];
    }));
    const otherwise = [...looked].filter(([dossier, view]) =>
      standsOtherwise(owned.told.get(dossier) ?? NOTHING_TOLD, latenessStateAt(view, at, this.calendarOf(view, at))));
    // A process that was stopped finds its timer run out before it hears that another tells of these dossiers now, and knows more.
    if (otherwise.length > 0) await this.options.confirmOwnership(partition);
    for (let from = 0; from < otherwise.length; from += DOSSIERS_PER_WRITE) {
      if (this.owned.get(partition) !== owned) return;
      const chunk = new Map(otherwise.slice(from, from + DOSSIERS_PER_WRITE));
      const told = await this.options.store.tell([...chunk.keys()], (dossier, before) => {
        const view = chunk.get(dossier);
        return view === undefined ? { after: before, events: [] } : tellOf(before, view, at, this.calendarOf(view, at));
      });
      for (const dossier of chunk.keys()) {
        const after = told.get(dossier);
        // Its events wait too long already, or others keep writing it: another round.
        if (after === undefined) looked.delete(dossier);
        else if (after.kind === 'in-time') owned.told.delete(dossier);
        else owned.told.set(dossier, after);
      }
    }
    for (const [dossier, view] of looked) this.seen(owned, dossier, view, at);
  }

  /** A batch may have brought a newer view while it was told. */
  private seen(owned: OwnedPartition, dossier: DossierId, view: DossierView, at: Instant): void {
    if (owned.views.get(dossier) !== view) return;
    owned.unseen.delete(dossier);
    const next = nextLatenessChange(view, at, this.calendarOf(view, at));
    if (next !== null) owned.wakeAt.set(dossier, next);
    else owned.wakeAt.delete(dossier);
    if (next === null && !owned.told.has(dossier)) owned.views.delete(dossier);
  }

  private calendarOf(view: DossierView, at: Instant): WorkingCalendar {
    const { reference } = this.options;
    const holder = holderAt(view, at);
    return holder === null ? calendarFor(reference.calendar(), []) : reference.calendarOf(holder, localDayOf(at));
  }
}

function isOver({ voided, endedAt }: DossierView, at: Instant): boolean {
  return voided || (endedAt !== null && endedAt <= at);
}

function take({ views, unseen }: OwnedPartition, view: DossierView): void {
  views.set(view.dossier, view);
  unseen.add(view.dossier);
}
