import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { openMongo, type MongoDatabase } from '@index766/platform-mongo';
import type { Logger, Metrics, Probe } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import { AggregatorRuntime, type BesideGenerations } from './aggregator.runtime';
import { GenerationWatch, type Generation, type GenerationState, type GenerationStore } from './generations';
import { MongoGenerationStore } from './generations/adapters/mongo-generation-store';
import { INDEX_METRICS } from './index-metrics';

/** Between two looks at the pointer: a switch is noticed within it. */
const LOOK_EVERY_MS = 1_000;
/** How long a generation may prepare itself in one try; the one before serves meanwhile and after it. */
const READY_WITHIN_MS = 120_000;
const WATCH_STOP_MS = 500;
const READY_LOOK_MS = 50;
/** The pointer is one small document. */
const POINTER_CONNECTIONS = 2;

interface Parts {
  readonly config: AggregatorConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly pointerDatabase: MongoDatabase;
  readonly store: GenerationStore;
  readonly beside: BesideGenerations;
}

/**
 * The runtime of the live generation. After a switch the new generation is opened beside the old one, which serves until
 * the new one is ready: HTTP is never without an answer, and a new generation that does not come up changes nothing.
 */
export class LiveAggregator implements OnApplicationShutdown {
  private readonly watch: GenerationWatch;
  private stopping = false;

  private constructor(
    private readonly parts: Parts,
    private runtime: AggregatorRuntime,
    private mended: number,
  ) {
    const { store, log } = parts;
    this.watch = new GenerationWatch({ store, log, everyMs: LOOK_EVERY_MS, onState: (state) => this.follow(state) });
  }

  static async open(config: AggregatorConfig, beside: BesideGenerations, log: Logger, metrics: Metrics): Promise<LiveAggregator> {
    const pointerDatabase = await openMongo({ ...config.mongo, maxPoolSize: POINTER_CONNECTIONS }, { log });
    const store = new MongoGenerationStore(pointerDatabase);
    const { live, mended } = await store.read();
    const runtime = await AggregatorRuntime.open(config, live, beside, log, metrics);
    return new LiveAggregator({ config, log, metrics, pointerDatabase, store, beside }, runtime, mended);
  }

  /** What serves now: to be asked for at every use. */
  get current(): AggregatorRuntime {
    return this.runtime;
  }

  async start(): Promise<void> {
    await this.runtime.start();
    this.tellGeneration();
    this.watch.start();
  }

  /** Probes of whatever runtime serves when they are asked. */
  readinessProbes(): readonly Probe[] {
    return followed(() => this.runtime.readinessProbes());
  }

  livenessProbes(): readonly Probe[] {
    return followed(() => this.runtime.livenessProbes());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping = true;
    // A look that waits for the database is not waited for: the process ends with it.
    await Promise.race([this.watch.stop(), pause(WATCH_STOP_MS, undefined, { ref: false })]);
    await this.runtime.stop();
    await this.parts.pointerDatabase.close();
  }

  private async follow({ live, mended }: GenerationState): Promise<void> {
    if (live !== this.runtime.generation) await this.changeTo(live);
    else if (mended !== this.mended) await this.runtime.readAgain();
    this.mended = mended;
  }

  private async changeTo(generation: Generation): Promise<void> {
    const { config, log, metrics, beside } = this.parts;
    log.info({ generation }, 'another generation is live now and is opened beside the one that serves');
    const next = await AggregatorRuntime.open(config, generation, beside, log, metrics);
    try {
      await next.start();
      await this.untilReady(next);
    } catch (error) {
      await next.stop();
      throw error;
    }
    const previous = this.runtime;
    this.runtime = next;
    this.tellGeneration();
    log.info({ generation, previous: previous.generation }, 'this generation serves now');
    await previous.stop();
  }

  private async untilReady(runtime: AggregatorRuntime): Promise<void> {
    const probes = runtime.readinessProbes();
    const end = performance.now() + READY_WITHIN_MS;
    while (performance.now() < end && !this.stopping) {
      const results = await Promise.all(probes.map(async (probe) => await probe.check()));
      if (results.every(({ healthy }) => healthy)) return;
      await pause(READY_LOOK_MS);
    }
    throw new Error('GENERATION.NOT_READY: the generation that is live now does not get ready here');
  }

  private tellGeneration(): void {
    this.parts.metrics.of(INDEX_METRICS).generation.set({}, this.runtime.generation);
  }
}

/** Every runtime has the same probes, by name. */
function followed(probesNow: () => readonly Probe[]): readonly Probe[] {
  return probesNow().map(({ name }, index) => ({
    name,
    check: () => {
      const probe = probesNow()[index];
      if (probe === undefined) throw new RangeError(`no probe ${name}`);
      return probe.check();
    },
  }));
}
