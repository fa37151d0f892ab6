import { readFileSync, readdirSync } from 'node:fs';
import { officerTopic } from '@index766/contracts-catalog';
import { dossierTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { openDatabase, readTopic, sendRecords, topicNames, until, type RawRecord } from '@index766/testing-integration';
import { CANARY, HEADERS, KEPT_CANARY, OFFICER_CANARY, PUSHES, REQUESTS, dossierCode, type CanaryRequest } from './test/canary-input';
import { Installation } from './test/installation';
import { PRODUCERS, SERVICES, forEachService, type ServiceName } from './test/services';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { tokenFor } from './test/tokens';
import { testStateFolder } from './test/workspace';

const NAME = 'canary';
const DLT = `${dossierTopic.name}.aggregator.ledger.dlt`;
const RESTRICTED: readonly string[] = [officerSeenTopic.name, officerTopic.name];

interface Kept {
  readonly logs: string;
  /** By topic. */
  readonly topics: ReadonlyMap<string, string>;
  readonly databases: Readonly<Record<ServiceName, string>>;
  readonly metrics: string;
  readonly answers: string;
}

let installation: Installation;
let kept: Kept;
beforeAll(async () => {
  installation = await Installation.startApart({ name: NAME, secrets: loadedSystem().secrets, environment: { LOG_LEVEL: 'debug' } });
  const answers = await sendAll();
  await deadLetterOne();
  await untilSent();
  kept = await everythingKept(answers);
}, LOADED_WITHIN_MS);
afterAll(() => installation.stop());

const place = {
  logs: () => kept.logs,
  topics: () => [...kept.topics].map(([topic, text]) => `${topic}\n${text}`).join('\n'),
  databases: () => SERVICES.map((service) => kept.databases[service]).join('\n'),
  metrics: () => kept.metrics,
  answers: () => kept.answers,
};

describe('what is looked through', () => {
  it('has what happened in it: debug lines, a dead letter, records, documents, refusals', () => {
    expect(kept.logs).toContain('"level":"debug"');
    expect(kept.logs).toContain('a request was refused');
    expect(kept.topics.get(DLT)).toContain(dossierCode(1));
    expect(kept.topics.get(dossierTopic.name)).toContain(KEPT_CANARY);
    expect(kept.databases.dossiers).toContain(KEPT_CANARY);
    expect(kept.answers).toContain('PUSH.FIELD_INVALID');
    expect(kept.metrics).toContain('dossiers_push_refusals_total');
  });
});

describe('what is dropped at the edge', () => {
  it.each(Object.entries(place))('is nowhere in the %s', (_name, text) => {
    expect(linesWith(CANARY, text())).toEqual([]);
  });
});

describe('names of officers', () => {
  it.each(['logs', 'metrics', 'answers'] as const)('are nowhere in the %s', (name) => {
    expect(linesWith(OFFICER_CANARY, place[name]())).toEqual([]);
  });

  it('are in restricted topics alone', () => {
    const having = [...kept.topics].filter(([, text]) => text.includes(OFFICER_CANARY)).map(([topic]) => topic);
    expect(having).toEqual([...RESTRICTED].sort());
  });

  it('are not in the database of the service that takes pushes, once they were announced', () => {
    expect(linesWith(OFFICER_CANARY, kept.databases.dossiers)).toEqual([]);
    expect(kept.databases.catalog).toContain(OFFICER_CANARY);
  });

  it('of a step that is refused are nowhere at all', () => {
    expect(linesWith(`${OFFICER_CANARY} of a refused step`, Object.values(place).map((text) => text()).join('\n'))).toEqual([]);
  });
});

async function sendAll(): Promise<string> {
  const token = await tokenFor(installation.access, 'source', 'replay', 'desk', 'administrator');
  const pushes = PUSHES.map((push): CanaryRequest => ({
    service: 'dossiers', method: 'POST', path: '/v1/national-sync', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(push),
  }));
  const answers: string[] = [];
  for (const { service, method, path, headers, body } of [...pushes, ...REQUESTS]) {
    const response = await fetch(installation.access.urls[service] + path, {
      method, headers: { Authorization: `Bearer ${token}`, ...HEADERS, ...headers }, ...(body === undefined ? {} : { body }),
    });
    answers.push(`${method} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`);
  }
  return answers.join('\n');
}

/** Sends a published record again under its own number and with other content: a conflict, which is dead-lettered. */
async function deadLetterOne(): Promise<void> {
  const brokers = [installation.access.broker];
  const of = (records: readonly RawRecord[]) => records.find(({ key, headers }) => key === dossierCode(1) && headers['ce_type']?.includes('step-assigned') === true);
  const record = of(await readTopic(dossierTopic.name, { brokers, until: (records) => of(records) !== undefined, timeoutMs: 60_000 }));
  if (record === undefined) throw new Error('the step was not published');
  const data = JSON.parse(record.value?.toString('utf8') ?? '') as object;
  const value = JSON.stringify({ ...data, step: 'another-step' });
  await sendRecords(dossierTopic.name, [{ key: record.key, headers: record.headers, value, partition: record.partition }], brokers);
  await readTopic(DLT, { brokers, count: 1, timeoutMs: 60_000 });
}

async function untilSent(): Promise<void> {
  for (const service of PRODUCERS) {
    const database = await openDatabase(installation.access.databases[service]);
    try {
      await until(async () => {
        const collections = await database.db.collections();
        const waiting = await Promise.all(collections.map((collection) => collection.countDocuments({ outboxAt: { $exists: true } })));
        return waiting.every((count) => count === 0);
      }, { what: `the outboxes of ${service} to empty`, timeoutMs: 60_000 });
    } finally {
      await database.close();
    }
  }
  const brokers = [installation.access.broker];
  await readTopic(officerTopic.name, { brokers, until: (records) => records.some(({ value }) => value?.includes(OFFICER_CANARY) === true), timeoutMs: 60_000 });
}

async function everythingKept(answers: string): Promise<Kept> {
  const { broker, urls, databases } = installation.access;
  const topics = new Map<string, string>();
  for (const topic of await topicNames([broker])) topics.set(topic, (await readTopic(topic, { brokers: [broker], timeoutMs: 60_000 })).map(textOfRecord).join('\n'));
  const documents = forEachService(() => '');
  const metrics: string[] = [];
  for (const service of SERVICES) {
    documents[service] = await textOfDatabase(databases[service]);
    metrics.push(await (await fetch(`${urls[service]}/metrics`)).text());
  }
  const folder = testStateFolder('system', NAME);
  const logs = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n');
  return { logs, topics, databases: documents, metrics: metrics.join('\n'), answers };
}

function textOfRecord({ key, headers, value }: RawRecord): string {
  return [key, JSON.stringify(headers), value?.toString('utf8') ?? ''].join(' ');
}

async function textOfDatabase(name: string): Promise<string> {
  const database = await openDatabase(name);
  try {
    const lines: string[] = [];
    for (const collection of await database.db.collections()) {
      for await (const document of collection.find()) lines.push(`${collection.collectionName} ${JSON.stringify(document, plainly)} ${binariesOf(document)}`);
    }
    return lines.join('\n');
  } finally {
    await database.close();
  }
}

function plainly(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** The text of binary fields, which JSON shows in base64. */
function binariesOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if ('buffer' in value && value.buffer instanceof Uint8Array) return Buffer.from(value.buffer).toString('utf8');
  return Object.values(value).map(binariesOf).filter((text) => text !== '').join(' ');
}

function linesWith(mark: string, text: string): readonly string[] {
  return text.split('\n').filter((line) => line.includes(mark)).map((line) => line.slice(0, 400));
}
