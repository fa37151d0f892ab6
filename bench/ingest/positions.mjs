import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

const require = createRequire(import.meta.url);
const { Kafka, logLevel } = require('kafkajs');
const { dossierTopic, intakeTopic } = require('@index766/contracts-dossiers');
const { documentTopic } = require('@index766/contracts-digitization');
const { dossierFeedbackTopic } = require('@index766/contracts-feedback');
const { markTopic } = require('@index766/contracts-aggregator');
const { paymentTopic } = require('@index766/contracts-payments');

const namesOf = (...topics) => topics.map(({ name }) => name);
/** What the ledger of dossiers is made of. */
export const FACT_TOPICS = namesOf(dossierTopic, paymentTopic, documentTopic, dossierFeedbackTopic);
/** Groups between a push and the index, in the order in which facts come to them. */
const ON_THE_WAY = [
  ['payments.intake', namesOf(intakeTopic)], ['digitization.intake', namesOf(intakeTopic)],
  ['aggregator.ledger', FACT_TOPICS], ['aggregator.scores', namesOf(markTopic)],
];
const OF_THE_AGGREGATOR = ON_THE_WAY.filter(([group]) => group.startsWith('aggregator.'));
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

  /** Where the partitions of topics end: [{ topic, partition, high, low }]. */
  async ends(topics = FACT_TOPICS) {
    const all = await Promise.all(topics.map(async (topic) => (await this.admin.fetchTopicOffsets(topic))
      .map(({ partition, high, low }) => ({ topic, partition, high: Number(high), low: Number(low) }))));
    return all.flat();
  }

  /** Facts in all topics of facts, watermarks included. */
  async records() {
    return (await this.ends()).reduce((sum, { high, low }) => sum + high - low, 0);
  }

  async lag([group, topics]) {
    const ends = await this.ends(topics);
    const committed = await this.admin.fetchOffsets({ groupId: group, topics: [...topics] });
    const positions = new Map(committed.flatMap(({ topic, partitions }) => partitions.map(({ partition, offset }) => [`${topic} ${partition}`, Math.max(0, Number(offset))])));
    return ends.reduce((sum, { topic, partition, high }) => sum + high - (positions.get(`${topic} ${partition}`) ?? 0), 0);
  }

  /**
   * Resolves when everybody on the way has read everything, seen twice in a row; answers when it first was so.
   * `services`: none of their outboxes may hold anything; none: the aggregator alone has to be up to date.
   */
  async untilIndexed({ services = [], withinMs = 1_800_000 } = {}) {
    const groups = services.length === 0 ? OF_THE_AGGREGATOR : ON_THE_WAY;
    for (let since, end = performance.now() + withinMs; ; await wait(LOOK_EVERY_MS)) {
      const lookedAt = performance.now();
      if (lookedAt > end) throw new Error('the facts did not reach the index in time');
      const done = await isEveryZero([...services.map((service) => () => pendingOf(service)), ...groups.map((group) => () => this.lag(group))]);
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

/** One after the other, and none after the first that is not: what is asked for stands before what follows from it. */
async function isEveryZero(counts) {
  for (const count of counts) if ((await count()) > 0) return false;
  return true;
}

/** Records that wait in the outboxes of a service, by its own metrics; 0 when it has none. */
async function pendingOf({ url }) {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(PENDING)].reduce((sum, [, entries]) => sum + Number(entries), 0);
}
