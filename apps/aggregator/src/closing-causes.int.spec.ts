import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { calendarTopic, officerTopic, procedureTopic, reportedFigureTopic, unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import { documentTopic } from '@index766/contracts-digitization';
import { dossierFactContracts, dossierTopic, sourceTopic } from '@index766/contracts-dossiers';
import { dossierFeedbackTopic, petitionTopic } from '@index766/contracts-feedback';
import { paymentTopic } from '@index766/contracts-payments';
import { MILLISECONDS_PER_DAY, MILLISECONDS_PER_MINUTE, addDays, formatInstant, formatLocalDay, instantOf, periodContaining, type Instant } from '@index766/kernel';
import { DeadLetters, Publisher, TopicReader, createKafkaClient, deadLetterTopicOf } from '@index766/platform-kafka';
import { databaseName, sendRecords, until } from '@index766/testing-integration';

import type { documentJson, manifestJson, standingJson } from './editions/http/edition-json';
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
const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
/** Each a province in which one thing alone is wrong. */
const [STOPPED, QUIET, HOLED, WAIVED, DROPPED] = ['H41', 'H42', 'H43', 'H44', 'H45'] as const;
const PROVINCES = [STOPPED, QUIET, HOLED, WAIVED, DROPPED];

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
}, 240_000);
afterAll(async () => {
  await app.close();
  await prepared.close();
  rmSync(folder, { recursive: true });
});

describe('a week that one thing alone holds back', () => {
  const nothing = { subjects: [], producers: [], sources: [] };

  it('a producer that stopped: stays provisional and says so, and is official when it goes on', async () => {
    const { heldBy } = await standingOf(STOPPED, heldByOne('producer'), ['payments']);
    expect(heldBy).toMatchObject([{ kind: 'producer', producer: 'payments', passed: null }]);
    expect(await published(STOPPED)).toEqual({ editions: 1, exclusions: nothing, onTime: '1/1' });
  }, 600_000);

  it('a source that is silent: stays provisional and says so, and is official when it was heard', async () => {
    const { heldBy } = await standingOf(QUIET, heldByOne('source'));
    expect(heldBy).toMatchObject([{ kind: 'source', source: `one-stop-${QUIET}` }]);
    await given.heard(QUIET);
    expect(await published(QUIET)).toEqual({ editions: 1, exclusions: nothing, onTime: '1/1' });
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
});

const given = {
  async fact(kind: keyof typeof dossierFactContracts, key: string, sequence: number, at: Instant, data: object): Promise<void> {
    await publishFact(dossierTopic, dossierFactContracts[kind], { key, sequence, data, occurredAt: formatInstant(at) }, prepared.brokers);
  },
  received(key: string, at: Instant): Promise<void> {
    const [unit = ''] = key.split('-');
    return this.fact('dossier-received', key, 1, at, { unit, procedure: '2.000815', channel: 'in-person', source: `one-stop-${unit.split('.')[0]}`, pushed: true });
  },
  due(key: string): Promise<void> {
    const dueAt = formatInstant(instantOf(WEEK.start + 3 * MILLISECONDS_PER_DAY));
    return this.fact('due-date-set', key, 2, instantOf(WEEK.start + 8 * HOUR), { dueAt, basis: 'stated', cause: 'received', calendarVersion: 'vn@1' });
  },
  finished(key: string): Promise<void> {
    return this.fact('dossier-finished', key, 3, instantOf(WEEK.start + MILLISECONDS_PER_DAY), {});
  },
  async onTime(key: string): Promise<void> {
    await this.received(key, instantOf(WEEK.start + 8 * HOUR));
    await this.due(key);
    await this.finished(key);
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
  async dropped(key: string): Promise<void> {
    const client = createKafkaClient({ brokers: [...prepared.brokers], clientId: 'specs' }, SILENT);
    const sender = new Publisher({ client, sendWithinMs: 60_000 });
    const letters = new DeadLetters({ reader: new TopicReader({ client, group: 'specs.letters' }), sender, isCompacted: () => false });
    const found = (await letters.list([deadLetterTopicOf(dossierTopic.name, 'aggregator.ledger')])).filter((letter) => letter.key !== null && Buffer.from(letter.key).toString() === key);
    for (const letter of found) await letters.drop(letter, 'nobody can read it', 'specs');
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
