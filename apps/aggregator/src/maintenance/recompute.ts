import { setTimeout as pause } from 'node:timers/promises';
import { ok, type Period, type UnitCode } from '@index766/kernel';
import type { TopicAdmin } from '@index766/platform-kafka';

import { withMended, type GenerationStore } from '../generations';
import { livePeriods, partialId, type FencedPartial } from '../measures';
import type { Reference } from '../reference';
import { checkLedger } from './check-ledger';
import { checkPartials, type CheckedPartials } from './check-partials';
import { checkScores } from './check-scores';
import { settledDifferences, type Difference, type Suspects } from './difference';
import type { GenerationStores } from './generation-stores';
import { mergeAllScores } from './merge-all-scores';
import { partitionsOf, type Positions } from './positions';
import type { SourceStores } from './source-stores';

/** A member with more than 160 facts before it may leave its partials as they are for longer: nobody would compare anything yet. */
const SETTLING_MS = 4_000;

export interface RecomputeParts {
  readonly store: GenerationStore;
  /** The live generation. */
  readonly stores: GenerationStores;
  readonly admin: Pick<TopicAdmin, 'groupLag'>;
  readonly positions: Positions;
  readonly keptEndedDays: number;
}

export interface RecomputeOptions {
  readonly unit?: UnitCode | undefined;
  readonly period?: string | undefined;
  /** Replace what differs. */
  readonly apply: boolean;
}

export interface RecomputeOutcome {
  /** Dossiers and petitions. */
  readonly entries: number;
  readonly differences: readonly Difference[];
}

/**
 * Derives everything that follows from the ledger's facts anew and compares it with what is stored: views, partial
 * measures, scores. One partition is in memory at a time; live members go on beside it, protected by the fences.
 */
export class Recompute {
  private readonly corrected = new Map<string, FencedPartial>();
  private entries = 0;

  constructor(
    private readonly parts: RecomputeParts,
    private readonly options: RecomputeOptions,
  ) {}

  async run(): Promise<RecomputeOutcome> {
    const { stores, admin, store } = this.parts;
    const reference = await stores.readReference();
    const differences: Difference[] = [];
    for (const partition of await partitionsOf(admin, stores.groups.ledger)) {
      differences.push(...await this.source(stores.cases, partition, reference));
      differences.push(...await this.source(stores.petitions, partition, reference));
    }
    differences.push(...await this.scores());
    if (this.options.apply && differences.length > 0) {
      await mergeAllScores(stores, this.periods());
      // Members hold views and sums of partials in memory, which may have been made of what was wrong.
      await store.update((state) => ok(withMended(state)));
    }
    return { entries: this.entries, differences };
  }

  private async source<View>(source: SourceStores<View>, partition: number, reference: Reference): Promise<readonly Difference[]> {
    const checked = await checkLedger(source, partition, this.options);
    this.entries += checked.entries;
    return [...checked.differences, ...await this.partials(source, partition, reference, checked.views)];
  }

  private async partials<View>(
    source: SourceStores<View>, partition: number, reference: Reference, views: readonly View[],
  ): Promise<readonly Difference[]> {
    const { partials, database } = this.parts.stores;
    let fresh: CheckedPartials['fresh'] = new Map();
    const check = async (viewsNow: readonly View[]): Promise<Suspects> => {
      const checked = checkPartials({
        ...this.options, stores: source, partition, reference, views: viewsNow, periods: this.periods(), now: database.now(),
        stored: await partials.ofPartition(source.source, partition, this.options.unit),
      });
      fresh = checked.fresh;
      return checked.suspects;
    };
    const look = async (ids?: readonly string[]): Promise<Suspects> => {
      if (ids === undefined) return check(views);
      const suspects = await check((await checkLedger(source, partition, { unit: this.options.unit, apply: false })).views);
      return new Map([...suspects].filter(([id]) => ids.includes(id)));
    };
    const differences = await settledDifferences(look, () => this.passed());
    const wrong = differences.flatMap(({ id }) => fresh.get(id) ?? []);
    for (const each of wrong) this.corrected.set(partialId(each.partial), each);
    // A member that was faster has written the whole partial anew by itself.
    if (this.options.apply) await partials.replaceMany(wrong);
    return differences;
  }

  private scores(): Promise<readonly Difference[]> {
    const { stores } = this.parts;
    const { unit, period, apply } = this.options;
    return settledDifferences(async () => checkScores({
      reference: await stores.readReference(), partials: stores.partials, stored: stores.scores, unit,
      corrected: apply ? new Map() : this.corrected, now: stores.database.now(),
      periods: this.periods().filter(({ name }) => period === undefined || name === period),
    }), () => this.passed());
  }

  /**
   * While facts wait behind a batch a member may leave its partials as they are for a moment, although it has committed.
   */
  private async passed(): Promise<void> {
    const { stores: { groups }, positions } = this.parts;
    await positions.passed([groups.reference, groups.ledger]);
    await pause(SETTLING_MS);
    await positions.passed([groups.scores]);
  }

  private periods(): readonly Period[] {
    return livePeriods(this.parts.stores.database.now(), this.parts.keptEndedDays);
  }
}
