import { setTimeout as pause } from 'node:timers/promises';
import { ok, refused, type Instant } from '@index766/kernel';
import type { KafkaClient, TopicAdmin } from '@index766/platform-kafka';
import type { Logger } from '@index766/platform-observability';

import { GenerationWatch, withBuilding, withSwitchTo, type Generation, type GenerationStore } from '../generations';
import { livePeriods } from '../measures';
import { GenerationComparison, type Comparison } from './compare-generations';
import type { Difference } from './difference';
import { dropGeneration } from './drop-generation';
import { GenerationBuilder } from './generation-builder';
import type { GenerationStores } from './generation-stores';
import { MaintenanceFailure } from './maintenance-failure';
import { mergeAllScores } from './merge-all-scores';
import { partitionsOf, type Positions } from './positions';

const LOOK_EVERY_MS = 1_000;
const ALONE_WITHIN_MS = 30_000;

export interface RebuildParts {
  readonly store: GenerationStore;
  readonly client: KafkaClient;
  readonly admin: Pick<TopicAdmin, 'deleteGroups' | 'groupLag' | 'membersOf'>;
  readonly log: Logger;
  readonly positions: Positions;
  readonly open: (generation: Generation) => Promise<GenerationStores>;
  readonly keptEndedDays: number;
  /** Told when a step is done. */
  readonly onStep: (step: string) => void;
}

export interface RebuildOptions {
  /** Begin anew instead of going on with a generation under construction. */
  readonly fresh: boolean;
  /** Switch although the generations differ. */
  readonly trustTopics: boolean;
  readonly dropOld: boolean;
}

export interface RebuildOutcome {
  readonly generation: Generation;
  readonly switched: boolean;
  readonly differences: readonly Difference[];
}

/** Builds the next generation from the topics beside the live one, compares both, switches when they agree. */
export class Rebuild {
  constructor(
    private readonly parts: RebuildParts,
    private readonly options: RebuildOptions,
  ) {}

  async run(): Promise<RebuildOutcome> {
    const { store, open, onStep } = this.parts;
    await this.clearUp();
    const begun = await store.update((state) => ok(withBuilding(state)));
    if (!begun.ok) throw new MaintenanceFailure(begun.error.detail);
    const { building: generation, live: liveGeneration } = begun.value;
    onStep(`generation ${generation} is built beside ${liveGeneration}`);
    const [live, next] = [await open(liveGeneration), await open(generation)];
    try {
      return await this.build(live, next);
    } finally {
      await Promise.all([live.close(), next.close()]);
    }
  }

  /** Finishes a removal that was interrupted, and with `fresh` removes what is under construction. */
  private async clearUp(): Promise<void> {
    const { dropping, building } = await this.parts.store.read();
    if (dropping !== null) await dropGeneration(this.parts, dropping);
    if (this.options.fresh && building !== null) await dropGeneration(this.parts, building);
  }

  private async build(live: GenerationStores, next: GenerationStores): Promise<RebuildOutcome> {
    const { client, positions, onStep } = this.parts;
    const builder = new GenerationBuilder(client, next);
    const watch = this.watchOver(builder, next.generation);
    let comparison: Comparison;
    try {
      await builder.start();
      await positions.passed([next.groups.reference, next.groups.ledger]);
      onStep(`all records are read; ${builder.refusedRecords} could not be taken`);
      comparison = await this.compare(live, next);
      onStep(`${comparison.entries} dossiers and petitions with ${comparison.facts} facts compared, ${comparison.differences.length} differences`);
    } finally {
      await Promise.all([watch.stop(), builder.stop()]);
    }
    const { generation } = next;
    const { differences } = comparison;
    if (differences.length > 0 && !this.options.trustTopics) return { generation, switched: false, differences };
    await mergeAllScores(next, livePeriods(next.database.now(), this.parts.keptEndedDays));
    // What the builder could not take is set aside by the live group, which therefore must have read as far.
    await positions.caughtUpWith(next.groups.ledger, live.groups.ledger);
    await positions.caughtUpWith(next.groups.reference, live.groups.reference);
    await this.untilAlone(next);
    await this.switchTo(live, next);
    return { generation, switched: true, differences };
  }

  private async compare(live: GenerationStores, next: GenerationStores): Promise<Comparison> {
    const { positions, admin, keptEndedDays } = this.parts;
    const now: Instant = live.database.now();
    const passed = () => positions.passed([live, next].flatMap(({ groups }) => [groups.reference, groups.ledger]));
    await passed();
    const partitions = await partitionsOf(admin, live.groups.ledger);
    return new GenerationComparison({ live, next, now, partitions, periods: livePeriods(now, keptEndedDays), passed }).run();
  }

  /** A builder must not read beside the members that its generation has got by another command: it would measure nothing. */
  private watchOver(builder: GenerationBuilder, generation: Generation): GenerationWatch {
    const { store, log } = this.parts;
    const watch = new GenerationWatch({
      store, log, everyMs: LOOK_EVERY_MS, onState: ({ building }) => (building === generation ? Promise.resolve() : builder.stop()),
    });
    watch.start();
    return watch;
  }

  /** A command that was killed is missed by the broker after its session time; one that runs builds the same generation. */
  private async untilAlone({ groups }: GenerationStores): Promise<void> {
    const end = performance.now() + ALONE_WITHIN_MS;
    while (await this.parts.admin.membersOf([groups.reference.id, groups.ledger.id]) > 0) {
      if (performance.now() > end) throw new MaintenanceFailure('Another rebuild builds the same generation: wait for it, or end it and run this again.');
      await pause(LOOK_EVERY_MS);
    }
  }

  private async switchTo(live: GenerationStores, next: GenerationStores): Promise<void> {
    const { store, positions, onStep } = this.parts;
    const switched = await store.update((state) => (state.live === live.generation
      ? withSwitchTo(state, next.generation)
      : refused('GENERATION.SWITCHED', 'another command switched meanwhile')));
    if (!switched.ok) throw new MaintenanceFailure(`${switched.error.code}: ${switched.error.detail}.`);
    onStep(`generation ${next.generation} is live`);
    await positions.passed([next.groups.reference, next.groups.ledger, next.groups.scores]);
    onStep('the members have gone over');
    if (!this.options.dropOld) return;
    await dropGeneration(this.parts, live.generation);
    onStep(`generation ${live.generation} is removed`);
  }
}
