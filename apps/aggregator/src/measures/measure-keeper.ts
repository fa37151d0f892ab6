import { setImmediate as breathe } from 'node:timers/promises';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { Ledger, LedgerFollower, StoredView } from '../ledger';
import { asOfMinute, evaluationInstant, livePeriods } from './live-periods';
import type { MeasureViews } from './measure-unit';
import type { FencedPartial, MarkSender, MeasureSource, PartialMeasures, PartialMeasuresStore } from './partial-measures';
import type { MeasuredSubject } from './measured-subject';
import { OneAtATime } from './one-at-a-time';
import { PartitionViews } from './partition-views';
import { WakeUps } from './wake-ups';

/** Rounds of "another member wrote first, read its revision and write again" before a lane gives up and is retried. */
const FENCE_ROUNDS = 5;

/**
 * While facts wait behind a batch, the partials of a partition are replaced the less often the more there are: every batch of a backlog
 * touches most units again, and each time all their views would be measured for all periods (ADR 0091, 0200). It is about what a
 * lane needs for a record: figures are late by the backlog anyway, and may be by that once more.
 */
const GAP_PER_RECORD_MS = 25;
const LONGEST_GAP_MS = 30_000;

/** Measured without a pause: a province has hundreds of units and a dozen periods, and heartbeats and requests wait meanwhile. */
const UNITS_IN_A_ROW = 16;

export interface MeasureKeeperOptions<View> {
  readonly ledger: Ledger<View>;
  readonly subject: MeasuredSubject<View>;
  readonly source: MeasureSource;
  readonly partials: PartialMeasuresStore;
  readonly marks: MarkSender;
  readonly measuring: MeasureViews<View>;
  /** Resolves when the group has confirmed, after this call, that this member still owns the partition; rejects when it does not. */
  readonly confirmOwnership: (partition: number) => Promise<void>;
  readonly now: () => Instant;
  /** How many days back ended weeks and months are kept up to date. */
  readonly endedDays: number;
}

interface EvaluatedPeriod {
  readonly period: Period;
  readonly evaluatedAt: Instant;
}

interface OwnedPartition<View> {
  readonly views: PartitionViews<View>;
  readonly wakeUps: WakeUps;
  /** A batch and the minute tick of one partition must not write with the same revisions. */
  readonly turns: OneAtATime;
  readonly revisions: Map<UnitCode, number>;
  /** Units whose partials do not show what the views say yet: a failed write is made up for by the next. */
  readonly unwritten: Set<UnitCode>;
  /** Names of the periods that the partials were last written for. */
  periods: string;
  writtenAt: Instant;
  /** Facts that were left behind the last batch. */
  behind: number;
  /** It was taken away: what is still under way for it writes nothing more, whether or not the partition came back. */
  isGone: boolean;
}

/**
 * Keeps the partial measures that one ledger gives in the partitions that this member owns. Views are in memory; whole partials are replaced,
 * never changed by a difference, so that figures cannot drift.
 */
export class MeasureKeeper<View> implements LedgerFollower<View> {
  private readonly owned = new Map<number, OwnedPartition<View>>();
  /** Views of partitions that were owned until the group began to share them out anew; most come back (ADR 0199). */
  private readonly kept = new Map<number, PartitionViews<View>>();

  constructor(private readonly options: MeasureKeeperOptions<View>) {}

  /**
   * Takes partitions over. All their partials are written anew: a former owner that does not know yet that it lost the
   * partition then holds old revisions and can overwrite nothing (ADR 0198).
   */
  async assigned(partitions: readonly number[]): Promise<void> {
    this.revoked(partitions);
    for (const partition of this.kept.keys()) if (!partitions.includes(partition)) this.kept.delete(partition);
    for (const partition of partitions) {
      const owned = await this.load(partition, this.kept.get(partition));
      await this.write(partition, owned);
      this.owned.set(partition, owned);
      this.kept.delete(partition);
    }
  }

  /** Reads the views of what is owned here again, because documents were repaired behind this member's back. */
  async takeAgain(): Promise<void> {
    this.kept.clear();
    for (const [partition, owned] of this.owned) {
      await owned.turns.run(async () => {
        const { turns, views } = owned;
        const anew = await this.load(partition);
        // Gone meanwhile: what it held is from before the repair.
        if (owned.isGone) {
          this.kept.clear();
          return;
        }
        Object.assign(owned, anew, { turns });
        for (const unit of views.units()) owned.unwritten.add(unit);
        await this.write(partition, owned);
      });
    }
  }

  revoked(partitions: readonly number[]): void {
    for (const partition of partitions) {
      const owned = this.owned.get(partition);
      if (owned === undefined) continue;
      owned.isGone = true;
      this.kept.set(partition, owned.views);
      this.owned.delete(partition);
    }
  }

  /**
   * What a batch of a backlog leaves unwritten is noted in memory and written by a later batch, at the latest by the one
   * at the end of the log. Whoever dies in between leaves the views in the ledger, and the next owner writes everything.
   */
  async saved(partition: number, views: readonly StoredView<View>[], behind: number): Promise<void> {
    const owned = this.owned.get(partition);
    if (owned === undefined) throw takenAway();
    await owned.turns.run(() => {
      if (owned.isGone) throw takenAway();
      this.take(owned, views);
      owned.behind = behind;
      return this.mayWait(owned) ? Promise.resolve() : this.write(partition, owned);
    });
  }

  /** The common minute: what only time has changed, and everything when a period began or ended. */
  async tick(): Promise<void> {
    for (const [partition, owned] of this.owned) {
      await owned.turns.run(() => (owned.isGone ? Promise.resolve() : this.wake(partition, owned)));
    }
  }

  /** Units, calendars or periods changed: measures everything that is owned here anew, of a backlog with a later batch. */
  async remeasure(): Promise<void> {
    for (const [partition, owned] of this.owned) {
      await owned.turns.run(() => {
        if (owned.isGone) return Promise.resolve();
        for (const unit of owned.views.units()) owned.unwritten.add(unit);
        return this.mayWait(owned) ? Promise.resolve() : this.write(partition, owned);
      });
    }
  }

  /** The views of a unit in the partitions owned here. */
  viewsOf(unit: UnitCode): readonly View[] {
    return [...this.owned.values()].flatMap(({ views }) => [...views.ofUnit(unit)]);
  }

  /** The views of a partition that is owned here; none of another. */
  viewsOfPartition(partition: number): Iterable<View> {
    return this.owned.get(partition)?.views.all() ?? [];
  }

  /** How many of them each unit holds or held, in the partitions owned here. */
  *countByUnit(): Iterable<readonly [UnitCode, number]> {
    for (const { views } of this.owned.values()) {
      for (const unit of views.units()) yield [unit, views.countOf(unit)];
    }
  }

  /** All views that are owned here, a partition at a time: the next one as it is when it is asked for. */
  *ownedViews(): Iterable<Iterable<View>> {
    for (const { views } of this.owned.values()) yield views.all();
  }

  ownedCount(): number {
    return [...this.owned.values()].reduce((sum, { views }) => sum + views.size, 0);
  }

  ownedPartitions(): readonly number[] {
    return [...this.owned.keys()].sort((a, b) => a - b);
  }

  /** @param kept what this member held of the partition before: of a document at the same revision its view is right */
  private async load(partition: number, kept?: PartitionViews<View>): Promise<OwnedPartition<View>> {
    const views = kept ?? new PartitionViews(this.options.subject, this.options.measuring);
    const owned: OwnedPartition<View> = {
      views,
      wakeUps: new WakeUps(),
      turns: new OneAtATime(),
      revisions: await this.options.partials.revisionsOf(this.options.source, partition),
      unwritten: new Set(views.units()),
      periods: '',
      writtenAt: this.options.now(),
      behind: 0,
      isGone: false,
    };
    const isKnown = kept && ((id: string, rev: number) => kept.find(id)?.rev === rev);
    const ids = new Set<string>();
    for await (const { known, stored } of this.options.ledger.viewsOfPartition(partition, isKnown)) {
      this.take(owned, stored);
      // Left where they are: what was made ready to be measured of them stays so.
      this.setWakeUps(owned, known);
      for (const id of [...known, ...stored.map(({ view }) => this.options.subject.idOf(view))]) ids.add(id);
    }
    views.keepOnly(ids);
    for (const unit of [...views.units(), ...owned.revisions.keys()]) owned.unwritten.add(unit);
    return owned;
  }

  private async wake(partition: number, owned: OwnedPartition<View>): Promise<void> {
    const woken = owned.wakeUps.until(asOfMinute(this.options.now()));
    this.take(owned, woken.flatMap((id) => owned.views.find(id) ?? []));
    await this.write(partition, owned);
  }

  private mayWait({ behind, writtenAt }: OwnedPartition<View>): boolean {
    return behind > 0 && this.options.now() - writtenAt < gapOf(behind);
  }

  private take(owned: OwnedPartition<View>, views: readonly StoredView<View>[]): void {
    for (const stored of views) for (const unit of owned.views.put(stored)) owned.unwritten.add(unit);
    this.setWakeUps(owned, views.map(({ view }) => this.options.subject.idOf(view)));
  }

  /** By the views that are held now: one of an earlier revision was not taken. */
  private setWakeUps({ views, wakeUps }: OwnedPartition<View>, ids: readonly string[]): void {
    const asOf = asOfMinute(this.options.now());
    for (const id of ids) {
      const held = views.find(id);
      if (held !== undefined) wakeUps.set(id, this.options.subject.wakeAt(held.view, asOf));
    }
  }

  private async write(partition: number, owned: OwnedPartition<View>): Promise<void> {
    const evaluated = this.evaluatedNow();
    // Whoever writes first in a new period, a batch or the minute, writes it for every unit: nobody notices it after that.
    if (owned.periods !== namesOf(evaluated)) for (const unit of owned.views.units()) owned.unwritten.add(unit);
    const units = [...owned.unwritten];
    let left: ReadonlySet<UnitCode> = new Set(units);
    for (let round = 0; left.size > 0; round += 1) {
      if (round === FENCE_ROUNDS) throw new Error('MEASURES.CONTENDED: another member keeps writing the same partials');
      if (round > 0) await this.takeRevisions(partition, owned);
      left = await this.replace(partition, owned, left, evaluated);
    }
    if (units.length > 0) await this.options.marks.mark(units);
    for (const unit of units) owned.unwritten.delete(unit);
    owned.periods = namesOf(evaluated);
    owned.writtenAt = this.options.now();
  }

  private async replace(
    partition: number, owned: OwnedPartition<View>, units: ReadonlySet<UnitCode>, evaluated: readonly EvaluatedPeriod[],
  ): Promise<ReadonlySet<UnitCode>> {
    const partials: FencedPartial[] = [];
    for (const unit of units) {
      if (partials.length % UNITS_IN_A_ROW === UNITS_IN_A_ROW - 1) await breathe();
      partials.push({ partial: this.partialOf(partition, owned, unit, evaluated), rev: owned.revisions.get(unit) ?? 0 });
    }
    const lost = await this.options.partials.replaceMany(partials);
    for (const { partial: { unit }, rev } of partials) if (!lost.has(unit)) owned.revisions.set(unit, rev + 1);
    return lost;
  }

  /**
   * Somebody else wrote: a former owner that did not know it yet, or the next one. Revisions first, then the word of the group: a new
   * owner that came before that word has taken this member's place, one that comes after it counts the revisions up once more.
   */
  private async takeRevisions(partition: number, owned: OwnedPartition<View>): Promise<void> {
    const revisions = await this.options.partials.revisionsOf(this.options.source, partition);
    try {
      await this.options.confirmOwnership(partition);
    } catch (cause) {
      throw new Error('MEASURES.NOT_OWNER: another member writes these partials, and nothing says that the partition is still owned here', { cause });
    }
    if (owned.isGone) throw takenAway();
    for (const [unit, rev] of revisions) owned.revisions.set(unit, rev);
  }

  private partialOf(partition: number, owned: OwnedPartition<View>, unit: UnitCode, evaluated: readonly EvaluatedPeriod[]): PartialMeasures {
    const periods = evaluated.map(({ period, evaluatedAt }) =>
      [period.name, { evaluatedAt, measures: owned.views.measures(unit, period, evaluatedAt) }] as const);
    return { unit, source: this.options.source, partition, periods: Object.fromEntries(periods) };
  }

  /** The periods that are kept up to date now, each with its T: the same for everything that is written together. */
  private evaluatedNow(): readonly EvaluatedPeriod[] {
    const now = this.options.now();
    return livePeriods(now, this.options.endedDays).map((period) => ({ period, evaluatedAt: evaluationInstant(period, now) }));
  }
}

function gapOf(behind: number): number {
  return Math.min(LONGEST_GAP_MS, behind * GAP_PER_RECORD_MS);
}

function takenAway(): Error {
  return new Error('MEASURES.NOT_OWNER: the partition was taken away meanwhile');
}

function namesOf(evaluated: readonly EvaluatedPeriod[]): string {
  return evaluated.map(({ period }) => period.name).join(' ');
}
