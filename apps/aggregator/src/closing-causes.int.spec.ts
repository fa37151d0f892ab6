import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierFactContracts, dossierTopic, sourceHeardV1, sourceTopic } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf } from '@index766/contracts-envelope';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { MILLISECONDS_PER_DAY, MILLISECONDS_PER_MINUTE, addDays, formatInstant, formatLocalDay, instantOf, periodContaining, type Instant } from '@index766/kernel';
import { DeadLetters, Publisher, TopicReader, createKafkaClient, deadLetterTopicOf, partitionOf, type LoggedLetter } from '@index766/platform-kafka';
import { databaseName, mongoUri, sendRecords, until } from '@index766/testing-integration';

import { loadMaintenanceConfig, loadTopicsConfig } from './aggregator.config';
import type { documentJson, manifestJson, standingJson } from './editions/http/edition-json';
import { runMaintenance } from './maintenance/maintenance-command';
import { publishFact, sendWatermarks } from './test/publish-fact';
import { PARTITIONS, prepareAggregator, type PreparedAggregator } from './test/running-aggregator';

type Standing = ReturnType<typeof standingJson>;
type Manifest = ReturnType<typeof manifestJson>['manifest'];

const HOUR = 60 * MILLISECONDS_PER_MINUTE;
/** A week whose first working morning has come, whenever this runs. */
const WEEK = periodContaining('week', instantOf(Date.now() - 14 * MILLISECONDS_PER_DAY));
const TOPICS = [
  dossierTopic, sourceTopic, paymentTopic, documentTopic, dossierFeedbackTopic, petitionTopic, unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic,
];
const LEDGER_GROUP = 'aggregator.ledger';
const LETTERS = deadLetterTopicOf(dossierTopic.name, LEDGER_GROUP);
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** Each a province in which one thing alone is wrong. */
const [STOPPED, QUIET, HOLED, WAIVED, DROPPED, REPLAYED] = ['H41', 'H42', 'H43', 'H44', 'H45', 'H46'] as const;
const PROVINCES = [STOPPED, QUIET, HOLED, WAIVED, DROPPED, REPLAYED];

let prepared: PreparedAggregator;
let app: Awaited<ReturnType<PreparedAggregator['startMember']>>;
let folder: string;

const pathOf = (province: string) => `/v1/editions/${province}/${WEEK.name}`;
const get = async <Answer>(at: string): Promise<Answer> => {
  const response = await fetch(`${app.url}${at}`);
  if (response.status !== 200) throw new Error(`${at} was answered ${response.status} ${await response.text()}`);
  return await response.json() as Answer;
};

/** Producers go on, but some, while a week is waited for to be as it should. */
function standingOf(province: string, isWanted: (standing: Standing) => boolean, stopped: readonly string[] = []): Promise<Standing> {
  return until(async () => {
    await sendWatermarks(TOPICS.filter(({ producer }) => !stopped.includes(producer)), PARTITIONS, prepared.brokers);
    const standing = await get<Standing>(pathOf(province));
    if (!isWanted(standing)) throw new Error(JSON.stringify([standing.state, standing.heldBy]));
    return standing;
  }, { what: `${province} to be as it should`, timeoutMs: 240_000, everyMs: 1_500 });
}

async function recomputed(province: string, ...options: readonly string[]) {
  const said: string[] = [];
  const broker = { KAFKA_BROKERS: prepared.brokers.join(','), LOG_LEVEL: 'silent' };
  const stores = () => loadMaintenanceConfig({ MONGO_URI: mongoUri(), MONGO_DATABASE: databaseName(__filename), ...broker });
  const code = await runMaintenance(['editions', '--province', province, '--period', WEEK.name, ...options], { stores, topics: () => loadTopicsConfig(broker) }, (text) => said.push(text));
  return { code, said };
}

const heldByOne = (kind: string) => ({ state, heldBy }: Standing): boolean => state === 'provisional' && heldBy.length === 1 && heldBy[0]?.kind === kind;

/** What the first edition left out, and numerator and denominator of 2.1. */
async function published(province: string) {
  const { editions } = await standingOf(province, ({ state }) => state === 'official');
  const { exclusions } = (await get<{ readonly manifest: Manifest }>(`${pathOf(province)}/1`)).manifest;
  const { document } = await get<ReturnType<typeof documentJson>>(`${pathOf(province)}/1/units/${province}`);
  const { index } = document as { readonly index: { readonly groups: readonly { readonly indicators: readonly { readonly indicator: string; readonly numerator: number; readonly denominator: number }[] }[] } };
  const onTime = index.groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === '2.1');
  return { editions: editions.length, exclusions, onTime: `${onTime?.numerator}/${onTime?.denominator}` };
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'closing-'));
  const keyFile = path.join(folder, 'edition-key.pem');
  writeFileSync(keyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  prepared = await prepareAggregator(databaseName(__filename), {
    EDITION_SIGNING_KEY_FILE: keyFile, EDITION_LOOK_EVERY_MS: '500', EDITION_OPENING_MINUTE: '0', WATERMARK_INTERVAL_MS: '1000',
  });
  app = await prepared.startMember();
  for (const province of PROVINCES) await given.province(province);
  await given.hole(`${HOLED}.1-HOLE`);
  for (const province of [WAIVED, DROPPED]) await given.broken(`${province}.1-BROKEN`);
  await given.setAside(`${REPLAYED}.1-REPLAYED`);
}, 240_000);
afterAll(async () => {
  await app.close();
  await prepared.close();
  rmSync(folder, { recursive: true });
});

describe('a week that one thing alone holds back', () => {
  const nothing = { subjects: [], producers: [], sources: [] };

  // The first: those behind it let the producer go on, and a watermark never goes back.
  it('a producer that stopped: stays provisional and says since when, and is official when it goes on', async () => {
    const passed = instantOf(WEEK.start + 3 * MILLISECONDS_PER_DAY);
    await sendWatermarks([paymentTopic], PARTITIONS, prepared.brokers, passed);
    const { heldBy } = await standingOf(STOPPED, (standing) => heldByOne('producer')(standing) && standing.heldBy.some((held) => 'passed' in held && held.passed !== null), ['payments']);
    expect(heldBy).toMatchObject([{ kind: 'producer', producer: 'payments', passed: formatInstant(passed) }]);
    expect(await published(STOPPED)).toEqual({ editions: 1, exclusions: nothing, onTime: '1/1' });
  }, 600_000);

  it('a source that is silent: stays provisional and says so, and is official when it was heard, with what it pushed then', async () => {
    const { heldBy } = await standingOf(QUIET, heldByOne('source'));
    expect(heldBy).toMatchObject([{ kind: 'source', source: `one-stop-${QUIET}` }]);
    await given.pushedNow(`${QUIET}.1-LATE`);
    expect(await published(QUIET)).toEqual({ editions: 1, exclusions: nothing, onTime: '2/2' });
  }, 600_000);

  it('a hole: stays provisional and says so, and is official when the record came', async () => {
    const { heldBy } = await standingOf(HOLED, heldByOne('hole'));
    expect(heldBy).toMatchObject([{ kind: 'hole', subject: `${HOLED}.1-HOLE`, missing: 1 }]);
    await given.missingRecord(`${HOLED}.1-HOLE`);
    expect(await published(HOLED)).toEqual({ editions: 1, exclusions: nothing, onTime: '2/2' });
  }, 600_000);

  it('a dead letter: stays provisional and says so, and is official without its dossier when that is waived, with the reason', async () => {
    const { heldBy } = await standingOf(WAIVED, heldByOne('dead-letter'));
    expect(heldBy).toMatchObject([{ kind: 'dead-letter', subject: `${WAIVED}.1-BROKEN`, waivable: { kind: 'subject', id: `${WAIVED}.1-BROKEN` } }]);
    await given.waiver(WAIVED, { kind: 'subject', id: `${WAIVED}.1-BROKEN`, reason: 'lost-for-good', document: '412/VP' });
    // Its other facts are known, and left out with it.
    expect(await published(WAIVED)).toEqual({
      editions: 1, exclusions: { ...nothing, subjects: [{ id: `${WAIVED}.1-BROKEN`, reason: 'lost-for-good', document: '412/VP' }] }, onTime: '1/1',
    });
  }, 600_000);

  it('a dead letter: is official with its dossier when it was given up', async () => {
    const { heldBy } = await standingOf(DROPPED, heldByOne('dead-letter'));
    expect(heldBy).toMatchObject([{ kind: 'dead-letter', subject: `${DROPPED}.1-BROKEN` }]);
    await given.dropped(`${DROPPED}.1-BROKEN`);
    expect(await published(DROPPED)).toEqual({ editions: 1, exclusions: nothing, onTime: '2/2' });
  }, 600_000);

  it('a dead letter of the last record of a dossier: is official with it when it was replayed', async () => {
    const { heldBy } = await standingOf(REPLAYED, heldByOne('dead-letter'));
    expect(heldBy).toMatchObject([{ kind: 'dead-letter', subject: `${REPLAYED}.1-REPLAYED` }]);
    await given.replayed(`${REPLAYED}.1-REPLAYED`);
    // Without that record it would be open and late.
    expect(await published(REPLAYED)).toEqual({ editions: 1, exclusions: nothing, onTime: '2/2' });
    const { editions } = await get<Standing>(pathOf(REPLAYED));
    const same = { code: 0, said: editions.map(({ number, sha256 }) => `${WEEK.name}  ${number}  ${sha256}  the same\n`) };
    expect([await recomputed(REPLAYED), await recomputed(REPLAYED, '--from-topics')]).toEqual([same, same]);
  }, 600_000);
});

const given = {
  async fact(kind: keyof typeof dossierFactContracts, key: string, sequence: number, at: Instant, data: object, recordedAt = at): Promise<void> {
    const fact = { key, sequence, data, occurredAt: formatInstant(at), recordedAt: formatInstant(recordedAt) };
    await publishFact(dossierTopic, dossierFactContracts[kind], fact, prepared.brokers);
  },
  received(key: string, at: Instant, recordedAt = at): Promise<void> {
    const [unit = ''] = key.split('-');
    return this.fact('dossier-received', key, 1, at, { unit, procedure: '2.000815', channel: 'in-person', source: `one-stop-${unit.split('.')[0]}`, pushed: true }, recordedAt);
  },
  due(key: string, recordedAt?: Instant): Promise<void> {
    const dueAt = formatInstant(instantOf(WEEK.start + 3 * MILLISECONDS_PER_DAY));
    return this.fact('due-date-set', key, 2, instantOf(WEEK.start + 8 * HOUR), { dueAt, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' }, recordedAt);
  },
  finished(key: string, recordedAt?: Instant): Promise<void> {
    return this.fact('dossier-finished', key, 3, instantOf(WEEK.start + MILLISECONDS_PER_DAY), {}, recordedAt);
  },
  async onTime(key: string, recordedAt?: Instant): Promise<void> {
    await this.received(key, instantOf(WEEK.start + 8 * HOUR), recordedAt);
    await this.due(key, recordedAt);
    await this.finished(key, recordedAt);
  },
  /** Of the week, by a push of today: behind every watermark that was sent before. */
  async pushedNow(key: string): Promise<void> {
    const source = `one-stop-${key.split('.')[0]}`;
    await this.onTime(key, instantOf(Date.now()));
    await publishFact(sourceTopic, sourceHeardV1, { key: source, sequence: 1, data: { source }, occurredAt: formatInstant(instantOf(Date.now())) }, prepared.brokers);
  },
  async province(code: string): Promise<void> {
    const early = formatInstant(instantOf(WEEK.start - 60 * MILLISECONDS_PER_DAY));
    const reportingSince = formatLocalDay(addDays(WEEK.lastDay, -1));
    for (const [unit, level, parent] of [[code, 'PROVINCE', null], [`${code}.1`, 'COMMUNE', code]] as const) {
      const data = { code: unit, name: unit, level, parent, version: 1, validFrom: '2024-01-01', ...(parent === null ? { reportingSince } : {}) };
      await publishFact(unitTopic, unitVersionedV1, { key: unit, sequence: 1, data, occurredAt: early }, prepared.brokers);
    }
    await this.onTime(`${code}.1-FINE`);
    if (code !== QUIET) await this.heard(code);
  },
  /** Its source speaks after the week. */
  heard(code: string): Promise<void> {
    return this.received(`${code}.1-LATER`, instantOf(WEEK.end + HOUR));
  },
  async hole(key: string): Promise<void> {
    await this.received(key, instantOf(WEEK.start + 8 * HOUR));
    await this.finished(key);
  },
  missingRecord(key: string): Promise<void> {
    return this.due(key);
  },
  /** All is known of it, and then something that nobody can read. */
  async broken(key: string): Promise<void> {
    await this.onTime(key);
    await sendRecords(dossierTopic.name, [{ key, value: Buffer.from('{') }], prepared.brokers);
  },
  /** Its end as the service sets aside what it fails on: only the dead letter has it. */
  async setAside(key: string): Promise<void> {
    await this.received(key, instantOf(WEEK.start + 8 * HOUR));
    await this.due(key);
    const at = instantOf(WEEK.start + MILLISECONDS_PER_DAY);
    const contract = dossierFactContracts['dossier-finished'];
    const record = encodeRecord(envelopeOf(dossierTopic, { type: contract.type, occurredAt: at, recordedAt: at, subject: key, sequence: 3 }), {}, contract);
    const headers = {
      ...record.headers, 'dlt-group': LEDGER_GROUP, 'dlt-cause': 'bug', 'dlt-reason': 'CONSUMER.HANDLER_FAILED', 'dlt-detail': 'fold: TypeError', 'dlt-failed-at': formatInstant(at),
      'dlt-topic': dossierTopic.name, 'dlt-partition': String(partitionOf(key, PARTITIONS)), 'dlt-offset': '1000000', 'dlt-known-after': 'none',
    };
    await sendRecords(LETTERS, [{ key, headers, value: record.value }], prepared.brokers);
  },
  dropped(key: string): Promise<void> {
    return this.resolved(key, async (letters, found) => {
      for (const letter of found) await letters.drop(letter, 'nobody can read it', 'specs');
    });
  },
  replayed(key: string): Promise<void> {
    return this.resolved(key, (letters, found) => letters.replay(found, 'specs'));
  },
  async resolved(key: string, resolve: (letters: DeadLetters, found: readonly LoggedLetter[]) => Promise<unknown>): Promise<void> {
    const client = createKafkaClient({ brokers: [...prepared.brokers], clientId: 'specs' }, SILENT);
    const sender = new Publisher({ client, sendWithinMs: 60_000 });
    const letters = new DeadLetters({ reader: new TopicReader({ client, group: 'specs.letters' }), sender, isCompacted: () => false });
    const found = (await letters.list([LETTERS])).filter((letter) => letter.key !== null && Buffer.from(letter.key).toString() === key);
    await resolve(letters, found);
    await sender.close();
  },
  async waiver(province: string, body: object): Promise<void> {
    const token = await prepared.tokenFor(['publisher'], [province]);
    const response = await fetch(`${app.url}/v1/edition-decisions/${province}/${WEEK.name}/waivers`, {
      method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': `waive-${province}` }, body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(await response.text());
  },
};
