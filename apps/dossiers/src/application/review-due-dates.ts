import type { DossierId, Instant } from '@index766/kernel';
import type { Clock, DossierChange, Dossiers, StoredDossier } from './ports';
import type { Reference } from './reference';
import { reviewedBy } from './reviewed-by';

/** How far the due dates of open dossiers follow the reference records. One for the whole service. */
export interface ReviewProgress {
  /** Reference records that were known when the last review that came to its end began. */
  readonly doneFor: number;
  /** A last look at the same records, not before this instant: for what members that did not know them yet had decided. */
  readonly againFrom?: Instant;
  /** The review under way, or the one that was left off. */
  readonly running?: {
    readonly for: number;
    /** Dossiers up to this one are done. */
    readonly after?: DossierId;
    readonly member: string;
    /** Until then nobody else takes it over. */
    readonly until: Instant;
  };
}

export interface FencedProgress {
  readonly rev: number;
  readonly progress: ReviewProgress;
}

/** Port: the progress, saved by compare-and-set. */
export interface ReviewProgressStore {
  load(): Promise<FencedProgress>;
  /** Undefined: another member was faster. */
  save(rev: number, progress: ReviewProgress): Promise<FencedProgress | undefined>;
}

/** Port: open dossiers whose due instant a calendar or a procedure may move, in the order of their ids. */
export interface MovingDossiers {
  pageAfter(after: DossierId | undefined, size: number): Promise<readonly DossierId[]>;
}

const PAGE_SIZE = 200;
/** Longer than a page takes; a member that died is succeeded after it. */
const LEASE_MS = 30_000;
/**
 * After this time nothing is written any more that was decided without knowing the reviewed records: no member decides by
 * records older than five seconds, and no decision is written later than 28 s after it was taken (AggregateStore).
 */
const OLD_DECISIONS_END_MS = 35_000;

/**
 * Sets the due dates of open dossiers anew after a calendar or a procedure changed (lifecycle.md §2). Page by page: a
 * review that breaks off goes on where it was, and a dossier that was done already does not move again. Once all members
 * know the records the dossiers are looked through once more: another member may have decided one by what it knew before.
 */
export class ReviewDueDates {
  constructor(
    private readonly dossiers: Dossiers,
    private readonly moving: MovingDossiers,
    private readonly progress: ReviewProgressStore,
    private readonly reference: Reference,
    private readonly clock: Clock,
    /** Names this member of the service. */
    private readonly member: string,
  ) {}

  /**
   * Reviews what the reference records known now ask for; answers how many due dates moved. When `stopping` aborts it ends
   * after the page it is at, and whoever is next goes on from there.
   */
  async execute(stopping?: AbortSignal): Promise<number> {
    const target = this.reference.knownRecords;
    const { rev, progress } = await this.progress.load();
    // A member whose memory is a second old must not set due dates back.
    if (target < progress.doneFor || this.isTaken(progress)) return 0;
    const isLastLook = target === progress.doneFor;
    if (isLastLook && !this.isAgainDue(progress)) return 0;
    const after = progress.running?.for === target ? progress.running.after : undefined;
    let held = await this.hold(rev, progress, target, after);
    let moved = 0;
    while (held !== undefined && stopping?.aborted !== true) {
      const page = await this.moving.pageAfter(held.progress.running?.after, PAGE_SIZE);
      const last = page[page.length - 1];
      if (last === undefined) {
        const againFrom = (this.clock.now() + OLD_DECISIONS_END_MS) as Instant;
        await this.progress.save(held.rev, isLastLook ? { doneFor: target } : { doneFor: target, againFrom });
        return moved;
      }
      moved += await this.reviewPage(page);
      held = await this.hold(held.rev, progress, target, last);
    }
    return moved;
  }

  private isAgainDue({ againFrom }: ReviewProgress): boolean {
    return againFrom !== undefined && againFrom <= this.clock.now();
  }

  private isTaken({ running }: ReviewProgress): boolean {
    return running !== undefined && running.member !== this.member && running.until > this.clock.now();
  }

  private hold(
    rev: number, { doneFor, againFrom }: ReviewProgress, target: number, after: DossierId | undefined,
  ): Promise<FencedProgress | undefined> {
    const until = (this.clock.now() + LEASE_MS) as Instant;
    const running = { for: target, member: this.member, until, ...(after === undefined ? {} : { after }) };
    return this.progress.save(rev, { doneFor, ...(againFrom === undefined ? {} : { againFrom }), running });
  }

  private async reviewPage(ids: readonly DossierId[]): Promise<number> {
    let pending = ids;
    let moved = 0;
    while (pending.length > 0) {
      const known = await this.dossiers.findMany(pending);
      await this.reference.fresh();
      const changes = [...known.values()].flatMap((dossier) => this.changeOf(dossier) ?? []);
      const { lost, full } = await this.dossiers.saveMany(changes);
      moved += changes.length - lost.size - full.size;
      // An outbox that is full empties as soon as the broker answers; until then the review waits with it.
      pending = pending.filter((id) => lost.has(id) || full.has(id));
    }
    return moved;
  }

  private changeOf({ ref, state }: StoredDossier): DossierChange | undefined {
    const reviewed = reviewedBy(this.reference, state, this.clock.now());
    return reviewed && { of: ref, ...reviewed, intake: [] };
  }
}
