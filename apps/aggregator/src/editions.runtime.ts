import { setTimeout as pause } from 'node:timers/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Publisher, createKafkaClient } from '@index766/platform-kafka';
import { ensureIndexes } from '@index766/platform-mongo';
import type { Logger, Metrics } from '@index766/platform-observability';

import type { AggregatorConfig } from './aggregator.config';
import type { DecisionsRuntime } from './decisions.runtime';
import { EditionCommands, ToldEditions, type EditionKeeper, type EditionQueries, type EditionSeal } from './editions';
import { editionSeal, parseEarlierKeys } from './editions/adapters/edition-keys';
import { EDITION_INDEXES } from './editions/adapters/mongo-editions';
import { publishingOn } from './editions/adapters/publishing';
import { INDEX_METRICS } from './index-metrics';
import type { LiveAggregator } from './live-aggregator';

const STOP_WITHIN_MS = 1_000;
const AMENDED_MONTHS = 15;

/** Editions run beside whatever generation serves: their documents lie with the decisions. */
export class EditionsRuntime implements OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;
  private restored = false;

  private constructor(
    readonly keeper: EditionKeeper,
    readonly queries: EditionQueries,
    readonly commands: EditionCommands,
    readonly seal: EditionSeal,
    private readonly publisher: Publisher,
    private readonly told: ToldEditions,
    private readonly lookEveryMs: number,
    private readonly log: Logger,
  ) {}

  static async open(config: AggregatorConfig, decided: DecisionsRuntime, live: LiveAggregator, log: Logger, metrics: Metrics): Promise<EditionsRuntime> {
    const { database, decisions, takeDecision } = decided;
    await ensureIndexes(database, EDITION_INDEXES);
    const seal = editionSeal(config.editionSigningKey?.reveal(), parseEarlierKeys(config.editionEarlierKeys?.reveal() ?? '[]'));
    const kafka = createKafkaClient(config.kafka, log);
    const publisher = new Publisher({ client: kafka, sendWithinMs: config.kafka.sendTimeoutMs, metrics });
    const { keeper, heads, queries } = publishingOn({
      database, decisions, takeDecision, sender: publisher, seal, now: () => database.now(), figures: () => live.current.editionFigures,
      reference: () => live.current.reference, watch: () => live.current.closingWatch,
      onRefused: ({ province, period, number }, { code }) => log.warn({ province, period, number, code }, 'an edition is not published'),
      rules: {
        openingMinute: config.editionOpeningMinute, lookBackDays: config.editionLookBackDays, amendedMonths: AMENDED_MONTHS,
        leaseMs: config.editionLeaseMs,
      },
    });
    const { waitingPeriod, lastEdition } = metrics.of(INDEX_METRICS);
    const told = new ToldEditions({
      keeper, heads, now: () => database.now(),
      tellWaiting: (of, seconds) => waitingPeriod.set(of, seconds), tellPublished: (of, seconds) => lastEdition.set(of, seconds),
    });
    return new EditionsRuntime(
      keeper, queries, new EditionCommands(keeper, takeDecision), seal, publisher, told, config.editionLookEveryMs, log,
    );
  }

  start(): void {
    this.schedule();
  }

  /** A look that waits for database or broker is not waited for: the next member takes up what it left. */
  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await Promise.race([this.looking, pause(STOP_WITHIN_MS, undefined, { ref: false })]);
    await this.publisher.close();
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => {
        if (!this.stopped) this.schedule();
      });
    }, this.lookEveryMs);
  }

  private async look(): Promise<void> {
    try {
      if (!this.restored) await this.restore();
      for (const { published: { province, period, number, state } } of await this.keeper.look()) {
        this.log.info({ province, period, number, state }, 'an edition was published');
      }
    } catch (error) {
      // What was begun stays begun and is finished at the next look, here or by another member.
      this.log.warn({ err: error }, 'editions could not be looked after');
    }
    try {
      // Above all of what could not be published: an alert lives on it.
      await this.told.tell();
    } catch (error) {
      this.log.warn({ err: error }, 'what waits to be published could not be told');
    }
  }

  private async restore(): Promise<void> {
    const differing = await this.keeper.restore();
    for (const { published: { province, period, number } } of differing) {
      // While the topics are read again it is no wonder: it is tried again at every look.
      this.log.warn({ province, period, number }, 'an edition whose documents were lost comes out otherwise than it was published');
    }
    this.restored = differing.length === 0;
  }
}
