import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { kafkaOf } from './positions.mjs';
import { PERIOD } from './sample-pushes.mjs';

const require = createRequire(import.meta.url);
const { unitScoreLatestTopic } = require('@index766/contracts-aggregator');

const OF_THE_PERIOD = `@${PERIOD}`;

/** The scores of units for the month as their topic tells them: whoever watches it puts no load on the index. */
export class ScoreWatch {
  #shown = new Map();
  #changes = new Map();
  #waiting = new Map();
  #next = new Map();

  constructor(consumer, positions) {
    this.consumer = consumer;
    this.positions = positions;
  }

  /** Begins, and resolves when it has caught up. */
  static async open({ installation, positions }) {
    const watch = new ScoreWatch(kafkaOf(installation.brokers).consumer({ groupId: 'bench.scores', maxWaitTimeInMs: 5_000 }), positions);
    await watch.consumer.connect();
    await watch.consumer.subscribe({ topics: [unitScoreLatestTopic.name], fromBeginning: true });
    await watch.consumer.run({ autoCommit: false, eachBatch: ({ batch }) => watch.#take(batch) });
    await watch.caughtUp();
    return watch;
  }

  /** Resolves when everything that the topic holds now was read. */
  async caughtUp() {
    const ends = await this.positions.ends([unitScoreLatestTopic.name]);
    while (ends.some(({ partition, high, low }) => (this.#next.get(partition) ?? low) < high)) await wait(100);
  }

  /** Resolves when a score of the unit that shows something else than now was read; false when none was within that time. */
  changed(unit, withinMs) {
    return new Promise((resolve) => {
      const end = (seen) => {
        clearTimeout(timer);
        this.#waiting.delete(unit);
        resolve(seen);
      };
      const timer = setTimeout(end, withinMs, false);
      this.#waiting.set(unit, end);
    });
  }

  /** When scores of the unit that showed something else than those before were read, since an instant and before another one. */
  changesOf(unit, since, before) {
    return (this.#changes.get(unit) ?? []).filter((at) => at >= since && at < before);
  }

  close() {
    return this.consumer.disconnect();
  }

  async #take(batch) {
    for (const { key, value } of batch.messages) this.#read(key.toString(), value);
    this.#next.set(batch.partition, Number(batch.lastOffset()) + 1);
  }

  #read(subject, value) {
    if (value === null || !subject.endsWith(OF_THE_PERIOD)) return;
    const unit = subject.slice(0, -OF_THE_PERIOD.length);
    // Neither the instant of the evaluation nor anything else of its head.
    const { volume, total, groups } = JSON.parse(value.toString());
    const shown = JSON.stringify([volume, total, groups]);
    if (shown === this.#shown.get(unit)) return;
    this.#shown.set(unit, shown);
    this.#changes.set(unit, [...(this.#changes.get(unit) ?? []), performance.now()]);
    this.#waiting.get(unit)?.(true);
  }
}
