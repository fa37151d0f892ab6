import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const { Kafka, logLevel } = require('kafkajs');
const { dossierTopic } = require('@index766/contracts-dossiers');
const { markTopic } = require('@index766/contracts-aggregator');

export const FACT_TOPIC = dossierTopic.name;
const MARK_TOPIC = markTopic.name;
const LOOK_EVERY_MS = 100;
const PENDING = /^outbox_pending_entries(?:\{[^}]*\})? (\S+)$/gm;

export const kafkaOf = (brokers) => new Kafka({ clientId: 'bench', brokers, logLevel: logLevel.NOTHING });

/** Looks at topics and groups from outside. */
export class Positions {
  constructor(brokers) {
    this.admin = kafkaOf(brokers).admin();
  }

  connect() {
    return this.admin.connect();
  }

  disconnect() {
    return this.admin.disconnect();
  }

  /** Records of a topic, watermarks included. */
  async records(topic = FACT_TOPIC) {
    return (await this.admin.fetchTopicOffsets(topic)).reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  async ends(topic = FACT_TOPIC) {
    return new Map((await this.admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  }

  async lag(group, topic) {
    const ends = await this.ends(topic);
    const [committed] = await this.admin.fetchOffsets({ groupId: group, topics: [topic] });
    return (committed?.partitions ?? []).reduce((sum, { partition, offset }) => sum + (ends.get(partition) ?? 0) - Math.max(0, Number(offset)), 0);
  }

  /** Resolves when the ledger has read every fact and the scores every mark, seen twice in a row; answers when it first was so. */
  async untilIndexed({ pending = async () => 0, withinMs = 1_800_000 } = {}) {
    for (let since, end = performance.now() + withinMs; ; await wait(LOOK_EVERY_MS)) {
      const lookedAt = performance.now();
      if (lookedAt > end) throw new Error('the facts did not reach the index in time');
      const done = (await pending()) === 0 && (await this.lag('aggregator.ledger', FACT_TOPIC)) === 0 && (await this.lag('aggregator.scores', MARK_TOPIC)) === 0;
      if (done && since !== undefined) return since;
      since = done ? lookedAt : undefined;
    }
  }

  /** Forgets what the aggregator has read. Its members must have stopped. */
  async forgetAggregator() {
    const { groups } = await this.admin.listGroups();
    const own = groups.map(({ groupId }) => groupId).filter((group) => group.startsWith('aggregator.'));
    if (own.length > 0) await this.admin.deleteGroups(own);
  }
}

/** Records that wait in the outboxes of a service, by its own metrics. */
export async function pendingOf(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(PENDING)].reduce((sum, [, entries]) => sum + Number(entries), 0);
}
