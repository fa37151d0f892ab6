import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { editionTopic, lateOfficersTopic, unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { calendarTopic, calendarVersionedV1, officerTopic, procedureTopic, reportedFigureTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierFactContracts, dossierTopic, sourceCompleteV1, sourceTopic } from '@index766/contracts-dossiers';
import type { FactContract, TopicContract } from '@index766/contracts-envelope';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { MILLISECONDS_PER_MINUTE, addDays, formatInstant, formatLocalDay, instantOf, minuteOfDay, periodContaining, type Instant } from '@index766/kernel';
import { TopicAdmin, createKafkaClient } from '@index766/platform-kafka';
import { databaseName, mongoUri, openDatabase, readTopic, sendRecords, until } from '@index766/testing-integration';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import { loadMaintenanceConfig, loadTopicsConfig } from './aggregator.config';
import { decisionDatabaseOf } from './decision-database';
import type { documentJson, manifestJson, standingJson } from './editions/http/edition-json';
import { runMaintenance } from './maintenance/maintenance-command';
import type { scoreJson } from './scores/http/score-json';
import { publishFact, sendWatermarks } from './test/publish-fact';
import { PARTITIONS, prepareAggregator, type PreparedAggregator } from './test/running-aggregator';

type Standing = ReturnType<typeof standingJson>;
type ManifestAnswer = ReturnType<typeof manifestJson>;
type DocumentAnswer = ReturnType<typeof documentJson>;

const HOUR = 60 * MILLISECONDS_PER_MINUTE;
const DAY = 24 * HOUR;
const MINUTES_PER_DAY = DAY / MILLISECONDS_PER_MINUTE;
const FACT_TOPICS = [dossierTopic, paymentTopic, documentTopic, dossierFeedbackTopic, petitionTopic];
const CATALOG_TOPICS = [unitTopic, procedureTopic, calendarTopic, reportedFigureTopic, officerTopic];
const GROUPS = ['aggregator.reference', 'aggregator.ledger', 'aggregator.scores'];

/** A week whose first working morning has come, whenever this runs. */
const WEEK = periodContaining('week', instantOf(Date.now() - 14 * DAY));
const WEEK_PATH = `/v1/editions/H44/${WEEK.name}`;
const DECISIONS_PATH = `/v1/edition-decisions/H44/${WEEK.name}`;
const RECEIVED_AT = instantOf(WEEK.start + 8 * HOUR);
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let prepared: PreparedAggregator;
let app: Awaited<ReturnType<PreparedAggregator['startMember']>>;
let folder: string;
let publisher: string;
/** Signs the first edition; later ones are signed by another. */
const firstKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
let replacedKeys: Readonly<Record<string, string>> = {};
const sequences = new Map<string, number>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'editions-'));
  const keyFile = path.join(folder, 'edition-key.pem');
  writeFileSync(keyFile, firstKey);
  prepared = await prepareAggregator(databaseName(__filename), {
    EDITION_SIGNING_KEY_FILE: keyFile, EDITION_LOOK_EVERY_MS: '200', EDITION_LEASE_MS: '1000', EDITION_OPENING_MINUTE: '0', WATERMARK_INTERVAL_MS: '1000',
  });
  publisher = await prepared.tokenFor(['publisher'], ['H44']);
  app = await prepared.startMember();
  await given.catalog();
  await given.week();
});
afterAll(async () => {
  await app.close();
  await prepared.close();
  rmSync(folder, { recursive: true });
});

describe('a week with a producer stopped, a source silent, a hole and a dead letter', () => {
  it('stays provisional and says why', async () => {
    await given.watermarks(FACT_TOPICS.filter((topic) => topic !== paymentTopic));
    await given.watermarks(CATALOG_TOPICS);

    const standing = await standingWith((heldBy) => heldBy.length === 4);
    expect(standing.state).toBe('provisional');
    expect(standing.heldBy).toMatchObject([
      { kind: 'producer', producer: 'payments', passed: null, waivable: { kind: 'producer', id: 'payments' } },
      { kind: 'source', source: 'one-stop', waivable: { kind: 'source', id: 'one-stop' } },
      { kind: 'hole', subject: 'H44.2-HOLE', topic: dossierTopic.name, missing: 1, waivable: { kind: 'subject', id: 'H44.2-HOLE' } },
      { kind: 'dead-letter', subject: 'H44.1-BROKEN', waivable: { kind: 'subject', id: 'H44.1-BROKEN' } },
    ]);
    expect(await post(`${DECISIONS_PATH}/publication`, {})).toMatchObject({ status: 409, body: { code: 'EDITION.HELD_BACK' } });
  });

  it('takes waivers of what holds it back alone, from publishers of the province alone', async () => {
    const waiver = { kind: 'subject', id: 'H44.1-BROKEN', reason: 'lost-for-good' };
    expect(await post(`${DECISIONS_PATH}/waivers`, { ...waiver, id: 'H44.1-FINE' })).toMatchObject({ status: 422, body: { code: 'EDITION.NOTHING_TO_WAIVE' } });
    expect(await post(`${DECISIONS_PATH}/waivers`, waiver, await prepared.tokenFor(['publisher'], ['H45']))).toMatchObject({ status: 403, body: { code: 'AUTH.UNIT_OUT_OF_SCOPE' } });
    expect(await post(`${DECISIONS_PATH}/waivers`, waiver, await prepared.tokenFor(['operator'], ['*']))).toMatchObject({ status: 403, body: { code: 'AUTH.MISSING_ROLE' } });
    expect(await post(`${DECISIONS_PATH}/waivers`, waiver)).toMatchObject({ status: 200, body: { recorded: 1 } });
    expect((await standingWith((heldBy) => heldBy.length === 3)).waivers).toMatchObject([{ id: 'H44.1-BROKEN', reason: 'lost-for-good' }]);
  });

  it('waits no more for a source that says that its last day is complete', async () => {
    const said = instantOf(WEEK.end + HOUR);
    await publish(sourceTopic, sourceCompleteV1, 'one-stop', { source: 'one-stop', day: formatLocalDay(addDays(WEEK.lastDay, -1)) }, said);
    await publish(sourceTopic, sourceCompleteV1, 'one-stop', { source: 'one-stop', day: formatLocalDay(WEEK.lastDay) }, said);
    expect((await standingWith((heldBy) => heldBy.length === 2)).heldBy).toMatchObject([{ kind: 'producer' }, { kind: 'hole' }]);
  });

  it('is official once all is mended or waived, and lists what it leaves out', async () => {
    await given.missingRecord();
    await publish(dossierTopic, dossierFactContracts['dossier-received'], 'H44.2-LATER', received('H44.2', 'one-stop'), instantOf(WEEK.end + HOUR));
    await given.watermarks([...FACT_TOPICS, ...CATALOG_TOPICS]);

    const standing = await until(async () => {
      const now = await get<Standing>(WEEK_PATH);
      if (now.state !== 'official') throw new Error(JSON.stringify(now.heldBy));
      return now;
    }, { what: 'the week to be official', timeoutMs: 110_000, everyMs: 300 });
    expect(standing.editions).toMatchObject([{ number: 1, state: 'official', publishedBy: null, units: 3 }]);
    const { manifest } = await get<ManifestAnswer>(`${WEEK_PATH}/1`);
    expect(manifest).toMatchObject({
      province: 'H44', period: WEEK.name, kind: 'week', end: formatInstant(WEEK.end), definition: expect.any(String), changes: null,
      exclusions: { subjects: [{ id: 'H44.1-BROKEN', reason: 'lost-for-good', document: null }], producers: [], sources: [] },
    });
    expect(indicator(await unitDocument('H44', 1), '2.1')).toMatchObject({ numerator: 2, denominator: 3 });
    expect(await post(`${DECISIONS_PATH}/publication`, {})).toMatchObject({ status: 409, body: { code: 'EDITION.PUBLISHED_ALREADY' } });
  }, 120_000);

  it('can be checked by anyone: hashes of all documents, signature by the published key', async () => {
    await expectChecked(1);
    const csv = await (await fetch(`${app.url}${WEEK_PATH}/1?format=csv`)).text();
    expect(csv.split('\r\n')[0]).toContain('unit,name,level,period,edition,definition,indicator');
  });
});

describe('the topics of an edition', () => {
  it('tell what it is and every document, byte for byte as it was hashed', async () => {
    const { manifest, sha256, canonical } = await get<ManifestAnswer>(`${WEEK_PATH}/1`);
    // Records follow the publication: the last that leave are those of the index as it stands.
    await until(async () => (await told(unitScoreLatestTopic, `H44.2@${WEEK.name}`)).at(-1)?.['edition'] === 1, { what: 'the edition on the topics', timeoutMs: 60_000, everyMs: 1_000 });
    const [issued, ...documents] = await told(editionTopic, `H44@${WEEK.name}@1`);
    const lists = await told(lateOfficersTopic, `H44@${WEEK.name}@1`);
    expect(issued).toMatchObject({ number: 1, state: 'official', kind: 'week', sha256, manifest: canonical, records: documents.length });
    for (const { unit, index, lateOfficers } of manifest.units) {
      expect(hashOf(textOf(documents.filter((each) => each['unit'] === unit)))).toBe(index);
      expect(hashOf(textOf(lists.filter((each) => each['unit'] === unit)))).toBe(lateOfficers);
    }
    expect(hashOf(textOf(documents.filter((each) => each['document'] === 'rankings')))).toBe(manifest.rankings);
  });

  it('and the topic of the index as it stands has its figures, with its number', async () => {
    const latest = (await told(unitScoreLatestTopic, `H44.1@${WEEK.name}`)).at(-1);
    expect(latest).toMatchObject({ unit: 'H44.1', state: 'official', edition: 1, asOf: formatInstant(WEEK.end), total: { max: 100 } });
  });
});

describe('a holiday that is announced late', () => {
  it('changes what is computed now, and leaves what was published as it is, byte for byte', async () => {
    const workedNow = async () => (await get<ReturnType<typeof scoreJson>>(`/v1/units/H44.1/scores/${WEEK.name}`)).processingTime.workingSeconds;
    const [worked, published] = [await workedNow(), await publishedTexts()];
    await given.lateHoliday();
    await until(async () => (await workedNow()) !== worked, { what: 'the holiday to be known', timeoutMs: 60_000, everyMs: 300 });
    expect(await publishedTexts()).toEqual(published);
    expect((await get<Standing>(WEEK_PATH)).editions).toHaveLength(1);
  });
});

describe('a fact that becomes known after that', () => {
  it('leads to an amended edition, with the difference and the fact', async () => {
    // The opening hour lies a minute ahead, and on the day on which it is waited for.
    await until(() => Promise.resolve(minuteOfDay(instantOf(Date.now())) < MINUTES_PER_DAY - 6), { what: 'midnight to be over', timeoutMs: 400_000, everyMs: 1_000 });
    // It ended late, which nobody had said; a due instant that passed stays as it was.
    await publish(dossierTopic, dossierFactContracts['dossier-finished'], 'H44.1-OPEN', {}, instantOf(WEEK.end - DAY), instantOf(Date.now()));
    replaceSigningKey();
    await restartOpeningAt(Math.floor(minuteOfDay(instantOf(Date.now()))) + 1);

    const standing = await until(async () => {
      // Producers go on: once the watermarks have passed the opening hour, what was known by then is looked for.
      await given.watermarks([...FACT_TOPICS, ...CATALOG_TOPICS]);
      const now = await get<Standing>(WEEK_PATH);
      if (now.state !== 'amended') throw new Error(JSON.stringify([now.state, now.heldBy]));
      return now;
    }, { what: 'the amended edition', timeoutMs: 180_000, everyMs: 3_000 });
    expect(standing.editions.map(({ number, state }) => [number, state])).toEqual([[1, 'official'], [2, 'amended']]);
    const { document } = await get<DocumentAnswer>(`${WEEK_PATH}/2/changes`);
    expect(document).toMatchObject({ causes: [{ fact: `${dossierTopic.name}/H44.1-OPEN/3`, subject: 'H44.1-OPEN', unit: 'H44.1' }] });
    const { units } = document as { readonly units: readonly { readonly unit: string; readonly changed: readonly { readonly what: string; readonly by: number | null }[] }[] };
    expect(units.map(({ unit }) => unit)).toEqual(['H44', 'H44.1']);
    expect(units[1]?.changed).toContainEqual({ what: 'index.counts.ended', before: 1, after: 2, by: 1 });
    // By the calendar of the first edition: what was announced since moves no published number.
    const workedBy = (ended: number) => calendarFor(VIETNAM_CALENDAR, []).workingMillisecondsBetween(RECEIVED_AT, instantOf(ended)) / 1_000;
    const [fine, open] = [workedBy(WEEK.start + DAY), workedBy(WEEK.end - DAY)];
    expect(units[1]?.changed).toContainEqual({ what: 'index.processingTime.workingSeconds', before: fine, after: fine + open, by: open });
    expect((await get<ManifestAnswer>(`${WEEK_PATH}/2`)).manifest.calendar).toEqual({ id: 'vn', version: 1 });
    await expectChecked(2);
  }, 660_000);

  it('is signed by the key of its time, and the first one stays to be checked by the key of its own', async () => {
    const signedBy = async (number: number) => (await get<ManifestAnswer>(`${WEEK_PATH}/${number}`)).keyId;
    expect(await signedBy(2)).not.toBe(await signedBy(1));
    const { keys } = await get<{ readonly keys: readonly { readonly keyId: string; readonly validTo: string | null }[] }>('/v1/edition-keys');
    expect(keys.map(({ keyId, validTo }) => [keyId, validTo === null])).toEqual([[await signedBy(1), false], [await signedBy(2), true]]);
    await expectChecked(1);
  });

  it('leaves the documents of other units as they were, and the first edition readable', async () => {
    const [first, second] = [await get<ManifestAnswer>(`${WEEK_PATH}/1`), await get<ManifestAnswer>(`${WEEK_PATH}/2`)];
    const hashOf = ({ manifest }: ManifestAnswer, unit: string) => manifest.units.find((each) => each.unit === unit)?.index;
    expect(hashOf(second, 'H44.2')).toBe(hashOf(first, 'H44.2'));
    expect(hashOf(second, 'H44.1')).not.toBe(hashOf(first, 'H44.1'));
  });
});

describe('editions that are computed again', () => {
  const recompute = async (...options: readonly string[]) => {
    const said: string[] = [];
    const stores = () => loadMaintenanceConfig({
      MONGO_URI: mongoUri(), MONGO_DATABASE: databaseName(__filename), KAFKA_BROKERS: prepared.brokers.join(','), LOG_LEVEL: 'silent',
    });
    const topics = () => loadTopicsConfig({ KAFKA_BROKERS: prepared.brokers.join(','), LOG_LEVEL: 'silent' });
    const code = await runMaintenance(['editions', '--province', 'H44', '--period', WEEK.name, ...options], { stores, topics }, (text) => said.push(text));
    return { code, said };
  };
  const published = async () => (await get<Standing>(WEEK_PATH)).editions.map(({ number, sha256 }) => `${WEEK.name}  ${number}  ${sha256}  the same\n`);

  it('by an operator come out with the hashes that they were published with', async () => {
    expect(await published()).toHaveLength(2);
    expect(await recompute()).toEqual({ code: 0, said: await published() });
  });

  it('by anybody who has the topics come out with these hashes, too', async () => {
    // Records follow the publication.
    await until(async () => (await told(unitScoreLatestTopic, `H44.1@${WEEK.name}`)).at(-1)?.['edition'] === 2, { what: 'the second edition on the topics', timeoutMs: 60_000, everyMs: 1_000 });
    expect(await recompute('--from-topics')).toEqual({ code: 0, said: await published() });
    expect(await recompute('--from-topics', '--number', '7')).toEqual({ code: 1, said: ['There is no such edition.\n'] });
  }, 120_000);
});

describe('everything dropped', () => {
  it('and read again from the topics, the same hashes come out', async () => {
    const before = [await get<ManifestAnswer>(`${WEEK_PATH}/1`), await get<ManifestAnswer>(`${WEEK_PATH}/2`)];
    await app.close();
    for (const name of [databaseName(__filename), decisionDatabaseOf(databaseName(__filename))]) {
      const database = await openDatabase(name);
      await database.db.dropDatabase();
      await database.close();
    }
    const admin = new TopicAdmin(createKafkaClient({ brokers: [...prepared.brokers], clientId: 'specs' }, SILENT));
    for (const group of GROUPS) await until(() => admin.forgetPositions(group), { what: `${group} to be forgotten` });
    app = await prepared.startMember(0, replacedKeys);

    for (const { number } of before) await until(() => unitDocument('H44.1', number), { what: 'the documents to be back', timeoutMs: 60_000, everyMs: 300 });
    expect([await get<ManifestAnswer>(`${WEEK_PATH}/1`), await get<ManifestAnswer>(`${WEEK_PATH}/2`)]).toEqual(before);
    await expectChecked(1);
    await expectChecked(2);
  }, 120_000);
});

describe('an edition that is taken back', () => {
  it('stays readable and says why, in the index as it stands too; another one is published by command alone', async () => {
    expect(await post(`${DECISIONS_PATH}/retraction`, { number: 7, reason: 'wrong-facts' })).toMatchObject({ status: 404, body: { code: 'EDITION.NONE' } });
    expect(await post(`${DECISIONS_PATH}/retraction`, { number: 2, reason: 'wrong-facts', document: '415/VP' })).toMatchObject({ status: 200, body: { recorded: 1 } });
    const standing = await get<Standing>(WEEK_PATH);
    expect(standing).toMatchObject({ state: 'retracted', editions: [{ state: 'official' }, { state: 'retracted', retracted: { reason: 'wrong-facts', document: '415/VP' } }] });
    expect((await get<ManifestAnswer>(`${WEEK_PATH}/2`)).manifest).toMatchObject({ edition: 2 });
    for (const { unit } of (await get<ManifestAnswer>(`${WEEK_PATH}/2`)).manifest.units) {
      await until(async () => (await told(unitScoreLatestTopic, `${unit}@${WEEK.name}`)).at(-1)?.['state'] === 'retracted', { what: 'the figures as retracted', timeoutMs: 60_000, everyMs: 1_000 });
    }
    expect((await told(unitScoreLatestTopic, `H44.1@${WEEK.name}`)).at(-1)).toMatchObject({ edition: 2, state: 'retracted', asOf: formatInstant(WEEK.end) });

    // The log was read from its beginning a moment ago: until its watermarks have been passed again the week is held back.
    await until(async () => {
      const { heldBy } = await get<Standing>(WEEK_PATH);
      if (heldBy.length > 0) throw new Error(`held back by ${JSON.stringify(heldBy)}`);
      return true;
    }, { what: 'nothing to hold back the third edition', timeoutMs: 100_000, everyMs: 500 });
    expect(await post(`${DECISIONS_PATH}/publication`, {})).toMatchObject({ status: 202, body: { number: 3, state: 'publishing' } });
    await until(async () => (await get<Standing>(WEEK_PATH)).state === 'official', { what: 'the third edition' });
    expect((await get<Standing>(WEEK_PATH)).editions.at(-1)).toMatchObject({ number: 3, publishedBy: 'local-publisher' });
    // It is no amendment: it is made by the calendar as it is known now.
    expect((await get<ManifestAnswer>(`${WEEK_PATH}/3`)).manifest.calendar).toEqual({ id: 'vn', version: 2 });
  }, 240_000);
});

/** Values of a key, in their order; a sequence that came again counts once. */
async function told(topic: TopicContract, key: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const records = (await readTopic(topic.name, { brokers: [...prepared.brokers] })).filter((record) => record.key === key);
  const bySequence = new Map(records.map((record) => [Number(record.headers['ce_sequence']), JSON.parse(record.value?.toString('utf8') ?? 'null') as Record<string, unknown>]));
  return [...bySequence].sort(([a], [b]) => a - b).map(([, value]) => value);
}

function textOf(parts: readonly Readonly<Record<string, unknown>>[]): string {
  return parts.map(({ text }) => String(text)).join('');
}

/** The canonical text of everything that the first edition published. */
async function publishedTexts(): Promise<readonly string[]> {
  const paths = ['', '/rankings', ...['H44', 'H44.1', 'H44.2'].flatMap((unit) => [`/units/${unit}`, `/units/${unit}/late-officers`])];
  return Promise.all(paths.map(async (at) => (await get<DocumentAnswer>(`${WEEK_PATH}/1${at}`)).canonical));
}

async function expectChecked(number: number): Promise<void> {
  const { keys } = await get<{ readonly keys: readonly { readonly keyId: string; readonly publicKey: string }[] }>('/v1/edition-keys');
  const { canonical, sha256, signature, keyId, manifest } = await get<ManifestAnswer>(`${WEEK_PATH}/${number}`);
  expect(hashOf(canonical)).toBe(sha256);
  const key = keys.find((each) => each.keyId === keyId);
  expect(verify(null, Buffer.from(sha256, 'hex'), createPublicKey(key?.publicKey ?? ''), Buffer.from(signature, 'base64'))).toBe(true);
  for (const { unit, index, lateOfficers } of manifest.units) {
    expect(hashOf((await unitDocument(unit, number)).canonical)).toBe(index);
    expect(hashOf((await get<DocumentAnswer>(`${WEEK_PATH}/${number}/units/${unit}/late-officers`)).canonical)).toBe(lateOfficers);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function unitDocument(unit: string, number: number): Promise<DocumentAnswer> {
  return get<DocumentAnswer>(`${WEEK_PATH}/${number}/units/${unit}`);
}

function indicator({ document }: DocumentAnswer, id: string) {
  const { index } = document as { readonly index: { readonly groups: readonly { readonly indicators: readonly { readonly indicator: string }[] }[] } };
  return index.groups.flatMap(({ indicators }) => indicators).find((each) => each.indicator === id);
}

function standingWith(isWanted: (heldBy: Standing['heldBy']) => boolean): Promise<Standing> {
  return until(async () => {
    const standing = await get<Standing>(WEEK_PATH);
    if (!isWanted(standing.heldBy)) throw new Error(JSON.stringify(standing));
    return standing;
  }, { what: 'the week to be held back as it should', timeoutMs: 60_000, everyMs: 300 });
}

async function get<Answer>(at: string): Promise<Answer> {
  const response = await fetch(`${app.url}${at}`);
  if (response.status !== 200) throw new Error(`${at} was answered ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function post(at: string, body: object, token = publisher) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': hashOf(`${at} ${JSON.stringify(body)} ${token}`).slice(0, 32) };
  const response = await fetch(`${app.url}${at}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as object };
}

/** From the next start on editions are signed by another key. */
function replaceSigningKey(): void {
  const earlier = [{
    publicKey: createPublicKey(firstKey).export({ type: 'spki', format: 'pem' }), validFrom: formatInstant(WEEK.start), validTo: formatInstant(instantOf(Date.now())),
  }];
  const [keyFile, earlierFile] = [path.join(folder, 'another-key.pem'), path.join(folder, 'earlier-keys.json')];
  writeFileSync(keyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(earlierFile, JSON.stringify(earlier));
  replacedKeys = { EDITION_SIGNING_KEY_FILE: keyFile, EDITION_EARLIER_KEYS_FILE: earlierFile };
}

async function restartOpeningAt(minute: number): Promise<void> {
  await app.close();
  app = await prepared.startMember(0, { EDITION_OPENING_MINUTE: String(minute), ...replacedKeys });
}

function received(unit: string, source: string) {
  return { unit, procedure: '2.000815', channel: 'in-person', source, pushed: true };
}

/** Publishes the next fact of a key. */
async function publish(
  topic: TopicContract, contract: FactContract, key: string, data: object, occurredAt: Instant, recordedAt = occurredAt,
): Promise<void> {
  const sequence = (sequences.get(`${topic.name} ${key}`) ?? 0) + 1;
  sequences.set(`${topic.name} ${key}`, sequence);
  await publishFact(topic, contract, { key, sequence, data, occurredAt: formatInstant(occurredAt), recordedAt: formatInstant(recordedAt) }, prepared.brokers);
}

const given = {
  async catalog(): Promise<void> {
    const early = instantOf(WEEK.start - 60 * DAY);
    const reportingSince = formatLocalDay(addDays(WEEK.lastDay, -1));
    const units = [['H44', 'PROVINCE', null], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44']] as const;
    for (const [code, level, parent] of units) {
      const data = { code, name: code, level, parent, version: 1, validFrom: '2024-01-01', ...(parent === null ? { reportingSince } : {}) };
      await publish(unitTopic, unitVersionedV1, code, data, early);
    }
  },
  async week(): Promise<void> {
    await sendRecords(dossierTopic.name, [{ key: 'H44.1-BROKEN', value: Buffer.from('{') }], prepared.brokers);
    const due = { dueAt: formatInstant(instantOf(WEEK.start + 2 * DAY)), basis: 'stated', cause: 'received', calendarVersion: 'vn@1' };
    for (const [key, unit] of [['H44.1-FINE', 'H44.1'], ['H44.1-OPEN', 'H44.1'], ['H44.2-HOLE', 'H44.2']] as const) {
      await publish(dossierTopic, dossierFactContracts['dossier-received'], key, received(unit, 'one-stop'), RECEIVED_AT);
      if (key === 'H44.2-HOLE') sequences.set(`${dossierTopic.name} ${key}`, 2);
      else await publish(dossierTopic, dossierFactContracts['due-date-set'], key, due, RECEIVED_AT);
    }
    await publish(dossierTopic, dossierFactContracts['dossier-finished'], 'H44.1-FINE', {}, instantOf(WEEK.start + DAY));
    await publish(dossierTopic, dossierFactContracts['dossier-finished'], 'H44.2-HOLE', {}, instantOf(WEEK.start + DAY));
  },
  /** The Monday of the week is a holiday, which nobody knew; if it is one, it is none. */
  async lateHoliday(): Promise<void> {
    const day = formatLocalDay(WEEK.firstDay);
    const { holidays } = VIETNAM_CALENDAR;
    const others = holidays.filter((each) => each.day !== day);
    const calendar = { ...VIETNAM_CALENDAR, version: 2, holidays: others.length < holidays.length ? others : [...others, { day, name: 'Ngày nghỉ của spec' }] };
    // The catalog's first version is what ships: its record was never needed.
    sequences.set(`${calendarTopic.name} ${calendar.id}`, 1);
    await publish(calendarTopic, calendarVersionedV1, calendar.id, calendar, instantOf(Date.now()));
  },
  async missingRecord(): Promise<void> {
    const due = { dueAt: formatInstant(instantOf(WEEK.start + 3 * DAY)), basis: 'stated', cause: 'received', calendarVersion: 'vn@1' };
    const occurredAt = formatInstant(instantOf(WEEK.start + 8 * HOUR));
    await publishFact(dossierTopic, dossierFactContracts['due-date-set'], { key: 'H44.2-HOLE', sequence: 2, data: due, occurredAt }, prepared.brokers);
  },
  /** Everything that was recorded up to now stands in the log. */
  watermarks(topics: readonly TopicContract[]): Promise<void> {
    return sendWatermarks(topics, PARTITIONS, prepared.brokers);
  },
};
