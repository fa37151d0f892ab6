import { dossierTopic } from '@index766/contracts-dossiers';
import type { CaseView } from '@index766/index-766';
import { canonicalText, periodContaining, type Instant } from '@index766/kernel';
import {
  BatchConsumer, Publisher, TopicAdmin, createKafkaClient, deadLetterTopicOf, readDeadLetter, replayOf, type KafkaClient,
} from '@index766/platform-kafka';
import { isDatabaseAway } from '@index766/platform-mongo';
import { createServiceLog } from '@index766/platform-observability';
import { createTopics, databaseName, mongoUri, readTopic, startOwnKafka, until, type Server } from '@index766/testing-integration';

import { loadMaintenanceConfig, type MaintenanceConfig } from '../aggregator.config';
import { FIRST_GENERATION, type Generation } from '../generations';
import { CASES, LEDGER_TOPICS, LedgerBatchHandler } from '../ledger';
import type { LedgerContent } from '../ledger/adapters/ledger.document';
import { REFERENCE_TOPICS } from '../reference';
import { BROKEN_STEP, randomLog, seededNumbers } from '../test/random-log';
import { KafkaPositions } from './adapters/kafka-positions';
import { GenerationComparison, type Comparison } from './compare-generations';
import { GenerationBuilder } from './generation-builder';
import { GenerationStores } from './generation-stores';

const { logger: SILENT } = createServiceLog({ service: 'specs', level: 'silent' });
const PARTITIONS = 3;
const SEED = 766;
const GROUP = 'aggregator.ledger';
const LETTERS = deadLetterTopicOf(dossierTopic.name, GROUP);

let kafka: Server;
let client: KafkaClient;
let publisher: Publisher;
let positions: KafkaPositions;
let live: GenerationStores;
let next: GenerationStores;
let broken = true;

beforeAll(async () => {
  kafka = await startOwnKafka();
  await createTopics([
    ...LEDGER_TOPICS.map(({ name }) => ({ topic: name, partitions: PARTITIONS })), { topic: LETTERS }, ...REFERENCE_TOPICS.map((topic) => ({ topic })),
  ], [kafka.address]);
  client = createKafkaClient({ brokers: [kafka.address], clientId: 'specs' }, SILENT);
  publisher = new Publisher({ client });
  positions = new KafkaPositions(new TopicAdmin(client));
  const config: MaintenanceConfig = loadMaintenanceConfig({
    MONGO_URI: mongoUri(), MONGO_DATABASE: databaseName(__filename), KAFKA_BROKERS: kafka.address, LOG_LEVEL: 'silent',
  });
  live = await GenerationStores.open(config, FIRST_GENERATION, SILENT);
  next = await GenerationStores.open(config, 2 as Generation, SILENT);
  await consumeLive();
  await rebuild();
});
afterAll(async () => {
  await Promise.all([live.close(), next.close(), publisher.close()]);
  await kafka.stop();
});

/** A handler that fails on some records until it is mended. */
class BreakableHandler extends LedgerBatchHandler<CaseView> {
  override decode(record: Parameters<LedgerBatchHandler<CaseView>['decode']>[0]): ReturnType<LedgerBatchHandler<CaseView>['decode']> {
    if (broken && record.value?.includes(BROKEN_STEP) === true) throw new Error('a bug');
    return super.decode(record);
  }
}

/** In batches of random sizes, with an end in the middle of each stretch; what was set aside is replayed before the last. */
async function consumeLive(): Promise<void> {
  const random = seededNumbers(SEED + 1);
  const stretches = randomLog({ seed: SEED, stretches: 5, partitions: PARTITIONS });
  const { ledger } = live.groups;
  for (const [index, records] of stretches.entries()) {
    const isLast = index === stretches.length - 1;
    if (isLast) {
      broken = false;
      await replayLetters();
    }
    await publisher.send(records);
    await consume(1 + Math.floor(random() * 40), (consumer) => until(() => consumer.status().ready, { what: 'the member to be ready' }));
    await consume(1 + Math.floor(random() * 400), () => positions.passed([ledger]));
  }
}

async function consume(recordsPerChunk: number, enough: (consumer: BatchConsumer) => Promise<unknown>): Promise<void> {
  const follower = { assigned: () => Promise.resolve(), revoked: () => undefined, saved: () => Promise.resolve() };
  const consumer = new BatchConsumer({
    client, group: GROUP, handlers: [new BreakableHandler(CASES, live.cases.ledger, follower, live.arrivals)], deadLetters: publisher,
    classify: (error) => (isDatabaseAway(error) ? 'away' : undefined),
    limits: { recordsPerChunk, maxBytesPerPartition: 4_096, maxWaitMs: 100, bugPauseMs: 1 },
  });
  await consumer.start();
  await enough(consumer);
  await consumer.close();
}

async function replayLetters(): Promise<void> {
  const letters = await readTopic(LETTERS, { brokers: [kafka.address] });
  await publisher.sendVerbatim(letters.flatMap(({ key, headers, value }) => {
    const letter = readDeadLetter({ key: Buffer.from(key), headers, value });
    return letter.ok && letter.value.cause === 'bug' ? [replayOf(letter.value)] : [];
  }));
}

async function rebuild(): Promise<void> {
  const builder = new GenerationBuilder(client, next);
  await builder.start();
  await positions.passed([next.groups.ledger]);
  await builder.stop();
}

async function documentsOf({ cases: { pages } }: GenerationStores): Promise<readonly LedgerContent<CaseView>[]> {
  const documents: LedgerContent<CaseView>[] = [];
  for (let partition = 0; partition < PARTITIONS; partition += 1) {
    for await (const page of pages.ofPartition(partition)) documents.push(...page.map(({ content }) => content));
  }
  return documents;
}

function compared(): Promise<Comparison> {
  const now = live.database.now();
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const periods = [periodContaining('month', 1_790_900_000_000 as Instant)];
  return new GenerationComparison({ live, next, now, partitions, periods, passed: () => Promise.resolve() }).run();
}

describe('a ledger that is rebuilt from the beginning of a random log', () => {
  it('is byte for byte the one that was consumed live, in other batches, with restarts and replays', async () => {
    const [kept, rebuilt] = [await documentsOf(live), await documentsOf(next)];

    expect(rebuilt.map(canonicalText)).toEqual(kept.map(canonicalText));
    expect(kept).toHaveLength(24);
  });

  it('comes from a log that has what a faulty system writes', async () => {
    const documents = await documentsOf(live);
    const facts = documents.flatMap((document) => document.facts);
    const letters = await readTopic(LETTERS, { brokers: [kafka.address] });

    expect(facts.some(({ knownAt, fact }) => knownAt > fact.recordedAt)).toBe(true);
    expect(facts.some(({ knownAt, fact }) => knownAt === fact.recordedAt)).toBe(true);
    expect(facts.some(({ fact: { body } }) => 'step' in body && body.step === BROKEN_STEP)).toBe(true);
    expect(documents.filter(({ holes }) => holes !== undefined).length).toBeGreaterThan(0);
    expect(new Set(letters.map(({ headers }) => headers['dlt-cause']))).toEqual(new Set(['bug', 'refused']));
  });

  it('agrees with the live one, dossier by dossier and in its figures', async () => {
    expect(await compared()).toMatchObject({ entries: 24, differences: [] });
  });

  it('is told apart from one in which a single instant differs, or a dossier is missing', async () => {
    const [first, second] = await documentIds();
    const collection = live.database.collection<{ _id: string }>('ledger');
    for (const document of (await live.cases.pages.findMany([first])).values()) {
      const facts = document.content.facts.map((each, index) => (index === 0 ? { ...each, knownAt: 0 as Instant } : each));
      await live.cases.pages.replaceMany([{ ...document, content: { ...document.content, facts } }]);
    }
    await collection.deleteOne({ _id: second });

    expect((await compared()).differences).toEqual([
      { subject: 'dossier', id: first, field: 'facts[0].knownAt' }, { subject: 'dossier', id: second, field: 'document' },
    ]);
  });
});

/** Two dossiers of one partition. */
async function documentIds(): Promise<readonly [string, string]> {
  for await (const [first, second] of live.cases.pages.ofPartition(0)) {
    if (first !== undefined && second !== undefined) return [first.id, second.id];
  }
  throw new Error('partition 0 has too few dossiers');
}
