import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';

import {
  decisionTopic, editionKey, editionPublishedV1, editionRetractedV1, editionTopic, editionsKey, lateOfficersTopic, unitScoreKey, unitScoreLatestTopic,
  type EditionRetracted,
} from '@index766/contracts-aggregator';
import type { TopicContract } from '@index766/contracts-envelope';
import { instantOf, localDayOf, parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { Publisher, createKafkaClient, partitionOf } from '@index766/platform-kafka';
import { AggregateStore, Relay, ensureIndexes, openMongo, type MongoDatabase } from '@index766/platform-mongo';
import { databaseName, mongoUri, readTopic, until, type RawRecord } from '@index766/testing-integration';
import { lifeStory, local, officer } from '@index766/testing-unit';

import { TakeDecision } from './decisions';
import type { DecisionFields } from './decisions/adapters/decision.document';
import { DECISION_COLLECTION, MongoDecisions } from './decisions/adapters/mongo-decisions';
import { EditionFigures, claimOf, type PublishedEdition } from './editions';
import { editionSeal } from './editions/adapters/edition-keys';
import { EDITION_INDEXES } from './editions/adapters/mongo-editions';
import { publishingOn } from './editions/adapters/publishing';
import type { ClosingState } from './editions/closing-check';
import { documentsOf, readManifest } from './editions/edition-content';
import { decideRetraction } from './editions/edition-history';
import { LateLists } from './lateness';
import type { FactsOfEntry } from './ledger';
import { referenceWith, versionsOf } from './test/edition-world';
import { MortalMember, type Fate } from './test/mortal-member';
import { PARTITIONS, prepareAggregator, type PreparedAggregator } from './test/running-aggregator';
import { entryOf, ledgerOf } from './test/told-stories';

const WEEK = ((): Period => {
  const period = parsePeriod('2026-W47');
  if (!period.ok) throw new Error(period.error.detail);
  return period.value;
})();
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** So many that the records of an edition leave in more than one request. */
const COMMUNES = 25;
const MINUTE = 60_000;
/** Of one run, on a machine that is busy. */
const WITHIN_MS = 240_000;

interface Row {
  /** What is called of whom. */
  readonly effect: string;
  /** Documents or records of which a part may be there. */
  readonly isOfSeveral: boolean;
  readonly does: string;
}

const PUBLISHED: readonly Row[] = [
  { effect: 'bulkWrite edition_claims', isOfSeveral: false, does: 'leases the claim' },
  { effect: 'bulkWrite edition_documents', isOfSeveral: true, does: 'stores its documents' },
  { effect: 'bulkWrite decisions', isOfSeveral: false, does: 'decides that it is published' },
  { effect: 'send edition.v1 late-officers.v1', isOfSeveral: true, does: 'tells the topics' },
  { effect: 'send late-officers.v1', isOfSeveral: true, does: 'tells the rest' },
  { effect: 'send unit-score-latest.v1', isOfSeveral: true, does: 'tells its figures' },
  { effect: 'bulkWrite edition_claims', isOfSeveral: false, does: 'finishes the claim' },
];

/**
 * Everything that a member does to the outside, in turn. The first test of each group compares this list with what a member did:
 * whatever it does besides, or does no more, fails there, and every row is died at.
 */
const LIVES: Readonly<Record<'an official edition' | 'an amended edition' | 'a retraction', readonly Row[]>> = {
  'an official edition': [{ effect: 'bulkWrite edition_claims', isOfSeveral: false, does: 'claims the number' }, ...PUBLISHED],
  'an amended edition': [
    { effect: 'bulkWrite edition_claims', isOfSeveral: false, does: 'claims the next number' }, { effect: 'bulkWrite edition_checks', isOfSeveral: false, does: 'notes the day as looked at' }, ...PUBLISHED,
  ],
  'a retraction': [
    { effect: 'send unit-score-latest.v1', isOfSeveral: true, does: 'tells the figures as retracted' }, { effect: 'bulkWrite edition_retractions', isOfSeveral: false, does: 'notes that they were told' },
  ],
};
const FATES: readonly Fate[] = ['killed before', 'killed in the middle of', 'killed after', 'asleep before'];

type Life = keyof typeof LIVES;

let prepared: PreparedAggregator;
let database: MongoDatabase;
let publisher: Publisher;
let relay: Relay;
const seal = editionSeal(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
/** All that was published in the end, for what the topics have to have. */
const ended: { readonly world: World; readonly editions: readonly PublishedEdition[] }[] = [];

beforeAll(async () => {
  prepared = await prepareAggregator(databaseName(__filename));
  database = await openMongo({ uri: mongoUri(), database: databaseName(__filename), commandTimeoutMs: 30_000, serverSelectionTimeoutMs: 30_000, maxPoolSize: 10, startUpTimeoutMs: 60_000 });
  publisher = new Publisher({ client: createKafkaClient({ brokers: [...prepared.brokers], clientId: 'specs' }, SILENT) });
  await ensureIndexes(database, [...decisionStore(database).indexes, ...EDITION_INDEXES]);
  relay = new Relay(database, { name: 'aggregator', outboxes: [{ collection: DECISION_COLLECTION }], slots: PARTITIONS, sender: publisher, sweepMs: 50 });
  await relay.start();
}, 180_000);
afterAll(async () => {
  await relay.stop();
  await publisher.close();
  await database.close();
  await prepared.close();
}, 60_000);

/** A province of its own for each run, in which a week can be closed. */
class World {
  private static count = 0;
  readonly province: UnitCode;
  now = local('2026-11-23 09:00:30');
  entries: readonly FactsOfEntry[];
  private readonly communes: readonly UnitCode[];

  constructor() {
    World.count += 1;
    this.province = `X${100 + World.count}` as UnitCode;
    this.communes = Array.from({ length: COMMUNES }, (_, index) => `${this.province}.${index + 1}` as UnitCode);
    this.entries = this.communes.slice(0, 3).map((unit, index) => entryOf(this.received(unit, `${unit}-${index}`).finished('2026-11-19 10:00')));
  }

  /** A dossier that ended late becomes known after the week was closed. */
  private addLateFact(): void {
    const unit = this.communes[1] ?? this.province;
    this.entries = [...this.entries, entryOf(this.received(unit, `${unit}-LATE`).finished('2026-11-20 10:00'), local('2026-11-23 15:00'))];
  }

  nextMorning(): void {
    this.addLateFact();
    this.now = local('2026-11-24 09:01:30');
  }

  later(minutes: number): void {
    this.now = instantOf(this.now + minutes * MINUTE);
  }

  member(mortal = new MortalMember()) {
    const own = mortal.on(database);
    const decisions = new MongoDecisions(decisionStore(own), own);
    const takeDecision = new TakeDecision(decisions, { now: () => this.now });
    const since = localDayOf(local('2026-11-16'));
    const reference = referenceWith(undefined, {
      units: () => versionsOf(this.province, this.communes), reportingSinceOf: (unit) => (unit === this.province ? since : undefined),
    });
    const figures = new EditionFigures({
      cases: ledgerOf(() => this.entries), petitions: ledgerOf(() => []), units: () => Promise.resolve(this.communes), reference,
      readReference: () => Promise.resolve(), lateLists: new LateLists({ decisions }), decisions,
    });
    return publishingOn({
      database: own, sender: mortal.sendingTo(publisher), decisions, takeDecision, seal, now: () => this.now, figures: () => figures, reference: () => reference,
      watch: () => ({ stateOf: () => Promise.resolve(this.state()), earliestSince: () => Promise.resolve(WEEK.start) }),
      onRefused: (_, { code }) => { throw new Error(code); },
      rules: { openingMinute: 540, lookBackDays: 10, amendedMonths: 3, leaseMs: MINUTE },
    });
  }

  async retract(): Promise<void> {
    const decisions = new MongoDecisions(decisionStore(database), database);
    const word: EditionRetracted = { province: this.province, period: WEEK.name, number: 1, reason: 'wrong-facts', retractedBy: 'publisher' };
    const decided = await new TakeDecision(decisions, { now: () => this.now }).execute({
      key: editionsKey({ province: this.province, period: WEEK.name }), decide: (history) => decideRetraction(history, word), idempotencyKey: 'retraction', requestHash: 'retraction',
    });
    if (!decided.ok) throw new Error(decided.error.code);
  }

  /** The watermarks go on: a claim that did not pin what the edition sees would see more after each death. */
  private state(): ClosingState {
    const passed = instantOf(this.now - MINUTE / 3);
    return { now: this.now, watermarks: ['catalog', 'dossiers'].map((producer) => ({ producer, passed })), sources: [], holesBefore: () => [], letters: [], mendedAt: null };
  }

  private received(unit: UnitCode, name: string) {
    return lifeStory(name).received('2026-11-16 08:00', { unit }).step('s', '2026-11-16 08:00', { by: officer(1) }).due('2026-11-16 08:00', '2026-11-18 24:00');
  }
}

describe.each(Object.keys(LIVES) as Life[])('%s', (life) => {
  const rows = LIVES[life];

  it('is made by what the list says, and by nothing else', async () => {
    const world = await given(life);
    const mortal = new MortalMember();
    await world.member(mortal).keeper.look();
    expect(mortal.effects.map(({ name, size }) => [name, size > 1])).toEqual(rows.map(({ effect, isOfSeveral }) => [effect, isOfSeveral]));
    await expectEnded(world, life);
  }, WITHIN_MS);

  const deaths = rows.flatMap(({ does, isOfSeveral }, index) =>
    FATES.filter((fate) => fate !== 'killed in the middle of' || isOfSeveral).map((fate) => [fate, does, index + 1] as const));
  it.each(deaths)('its member %s it %s: never half, never twice', async (fate, _, at) => {
    const world = await given(life);
    const takeOver = async () => {
      world.later(2);
      await world.member().keeper.look();
    };
    const outcome = await world.member(new MortalMember(at, fate, takeOver)).keeper.look().then(() => 'woke up', (error: unknown) => (error as Error).message);
    expect(outcome).toBe(fate === 'asleep before' ? 'woke up' : 'CRASHED');
    await expectWhole(world);
    await takeOver();
    await expectEnded(world, life);
  }, WITHIN_MS);

  it.each([1, 2, 3])('two members at work in the same instant, round %i', async () => {
    const world = await given(life);
    const [one, other] = [world.member(), world.member()];
    await Promise.all([one.keeper.look(), other.keeper.look()]);
    await expectEnded(world, life);
  }, WITHIN_MS);
});

describe('the topics, after all these deaths', () => {
  let recordsOf: (topic: TopicContract, key: string) => readonly RawRecord[];
  beforeAll(async () => {
    await drained();
    const byTopic = new Map<string, readonly RawRecord[]>();
    for (const { name } of [decisionTopic, editionTopic, lateOfficersTopic, unitScoreLatestTopic]) {
      byTopic.set(name, await readTopic(name, { brokers: prepared.brokers, timeoutMs: 240_000 }));
    }
    recordsOf = ({ name }, key) => (byTopic.get(name) ?? []).filter((record) => record.key === key);
  }, 600_000);

  it('have what was decided, once', () => {
    for (const { world, editions } of ended) {
      const types = once(recordsOf(decisionTopic, editionsKey({ province: world.province, period: WEEK.name }))).map(({ headers }) => headers['ce_type']);
      const published = editions.map(() => editionPublishedV1.type);
      expect(types).toEqual(editions.some(({ retracted }) => retracted !== null) ? [...published, editionRetractedV1.type] : published);
    }
    expect(ended.length).toBeGreaterThan(0);
  });

  it('have every document of every edition, byte for byte as it was hashed', () => {
    for (const { published } of ended.flatMap(({ editions }) => editions)) {
      const [issued, ...documents] = once(recordsOf(editionTopic, editionKey(published))).map(valueOf);
      const lists = once(recordsOf(lateOfficersTopic, editionKey(published))).map(valueOf);
      const { units, rankings, changes } = readManifest(published.manifest);
      expect(issued).toMatchObject({ sha256: published.sha256, manifest: published.manifest, records: documents.length });
      const hashOfAll = (values: readonly Value[]) => seal.hashOf(values.map(({ text }) => String(text)).join(''));
      for (const { unit, index, lateOfficers } of units) {
        expect(hashOfAll(documents.filter((each) => each['unit'] === unit))).toBe(index);
        expect(hashOfAll(lists.filter((each) => each['unit'] === unit))).toBe(lateOfficers);
      }
      expect(hashOfAll(documents.filter((each) => each['document'] === 'rankings'))).toBe(rankings);
      expect(documents.some((each) => each['document'] === 'changes')).toBe(changes !== null);
    }
  });

  it('have the figures of the edition that was last, as what it is', () => {
    for (const { editions } of ended) {
      const last = editions.at(-1);
      for (const { unit } of readManifest(last?.published.manifest ?? '').units) {
        const told = recordsOf(unitScoreLatestTopic, unitScoreKey({ unit, period: WEEK.name })).at(-1);
        expect(told === undefined ? undefined : valueOf(told)).toMatchObject({ edition: last?.published.number, state: last?.retracted === null ? last.published.state : 'retracted' });
      }
    }
  });
});

type Value = Readonly<Record<string, unknown>>;

/** What stood before a life begins: a province of its own, and nothing of others. */
async function given(life: Life): Promise<World> {
  await drained();
  for (const { name } of await database.connection.db?.listCollections().toArray() ?? []) await database.collection(name).deleteMany({});
  const world = new World();
  if (life === 'an official edition') return world;
  await world.member().keeper.look();
  await drained();
  if (life === 'a retraction') {
    await world.retract();
    await drained();
  } else world.nextMorning();
  return world;
}

/** Every decision has left for its topic. */
async function drained(): Promise<void> {
  const decisions = database.collection(DECISION_COLLECTION);
  await until(async () => await decisions.countDocuments({ outboxAt: { $exists: true } }) === 0, { what: 'the decisions to leave', timeoutMs: 60_000 });
}

async function editionsOf(world: World): Promise<readonly PublishedEdition[]> {
  return (await world.member().queries.ofProvince(world.province)).get(WEEK.name)?.editions ?? [];
}

/** Whatever can be read can be read to the last document, and is what was signed. */
async function expectWhole(world: World): Promise<void> {
  const { store } = world.member();
  for (const { published: { manifest, sha256, signature } } of await editionsOf(world)) {
    expect(seal.hashOf(manifest)).toBe(sha256);
    expect(verify(null, Buffer.from(sha256, 'hex'), createPublicKey(seal.key?.publicKeyPem ?? ''), Buffer.from(signature, 'base64'))).toBe(true);
    const hashes = documentsOf(readManifest(manifest));
    const texts = await store.findDocuments(hashes);
    expect(hashes.map((hash) => seal.hashOf(texts.get(hash) ?? ''))).toEqual(hashes);
  }
}

/** One edition of each number, whole, the same for whoever computes it, and nothing left to do. */
async function expectEnded(world: World, life: Life): Promise<void> {
  await expectWhole(world);
  const editions = await editionsOf(world);
  expect(editions.map(({ published: { number, state } }) => [number, state])).toEqual(life === 'an amended edition' ? [[1, 'official'], [2, 'amended']] : [[1, 'official']]);
  const { keeper, store, publishEdition } = world.member();
  for (const edition of editions) expect(await publishEdition.contentOf(claimOf(edition))).toMatchObject({ ok: true, value: { manifest: edition.published.manifest } });
  const mortal = new MortalMember();
  expect(await world.member(mortal).keeper.look()).toEqual([]);
  expect([mortal.effects, await store.openClaims(), await keeper.due()]).toEqual([[], [], []]);
  ended.push({ world, editions });
}

/** One record of each sequence, in their order: those that came again are the same, byte for byte. */
function once(records: readonly RawRecord[]): readonly RawRecord[] {
  const bySequence = new Map<number, RawRecord>();
  for (const record of records) {
    const sequence = Number(record.headers['ce_sequence']);
    const first = bySequence.get(sequence) ?? record;
    expect(record.value?.equals(first.value ?? Buffer.alloc(0))).toBe(true);
    bySequence.set(sequence, first);
  }
  expect([...bySequence.keys()].sort((a, b) => a - b)).toEqual(Array.from(bySequence.keys(), (_, index) => index + 1));
  return [...bySequence].sort(([a], [b]) => a - b).map(([, record]) => record);
}

function valueOf({ value }: RawRecord): Value {
  return JSON.parse(value?.toString('utf8') ?? 'null') as Value;
}

function decisionStore(on: MongoDatabase): AggregateStore<DecisionFields> {
  return new AggregateStore<DecisionFields>(on, { collection: DECISION_COLLECTION, slotOf: (key) => partitionOf(key, PARTITIONS) });
}
