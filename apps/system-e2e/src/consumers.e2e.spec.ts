import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decisionTopic, editionTopic, lateOfficersTopic, unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { officerTopic } from '@index766/contracts-catalog';
import { dossierTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { BrokerVisit } from '@index766/testing-integration';
import { readJson } from './test/answers';
import { operate } from './test/operator';
import { PUBLIC_TOPICS, SecuredBroker } from './test/secured-broker';
import { publishedEditions, type PublishedHashes } from './test/published-editions';
import { MONTH, PROVINCE, PUBLISHED_WEEK, UNITS } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { inWorkspace, plainEnvironment } from './test/workspace';

const LANGUAGES = ['python', 'java', 'typescript'] as const;
const run = promisify(execFile);

interface Ranking {
  readonly level: string;
  readonly by: string;
  readonly ranked: readonly { readonly rank: number; readonly unit: string; readonly points: string }[];
  readonly apart: readonly { readonly unit: string; readonly reasons: readonly string[] }[];
}

interface Told {
  readonly facts: Readonly<Record<string, number>>;
  readonly watermarks: number;
  readonly rankings: readonly Ranking[];
}

const system = loadedSystem();
let broker: SecuredBroker;
let commands: Readonly<Record<string, readonly string[]>>;
let sent: ReadonlyMap<string, number>;
let groups: readonly string[];
let hashes: PublishedHashes;

beforeAll(async () => {
  commands = JSON.parse((await run(process.execPath, [inWorkspace('infra', 'local', 'consumers.mjs')])).stdout) as typeof commands;
  hashes = await publishedEditions();
  broker = await SecuredBroker.start();
  sent = await broker.copyPublicTopics(system);
  const { scores } = await readJson<{ readonly scores: readonly { readonly groups: readonly { readonly group: string }[] }[] }>(system, `/v1/scores?parent=${PROVINCE}&period=${MONTH}`);
  groups = scores[0]?.groups.map(({ group }) => group) ?? [];
}, LOADED_WITHIN_MS);
afterAll(() => broker.stop());

/** Runs a consumer as the account that other services have. */
async function consume(language: string, account = 'consumer'): Promise<Told> {
  const [command = '', ...args] = commands[language] ?? [];
  const { stdout } = await run(command, [...args, MONTH, PROVINCE], {
    env: {
      ...plainEnvironment(), KAFKA_BROKERS: broker.address, KAFKA_USERNAME: account, KAFKA_PASSWORD_FILE: broker.passwordFileOf(account),
      CONTRACTS: inWorkspace('docs', 'consumers'),
    },
  });
  return JSON.parse(stdout) as Told;
}

/** The aggregator's own rankings, of the total and of each group. */
async function rankingsOfAggregator(): Promise<readonly Ranking[]> {
  const answers = await Promise.all([undefined, ...groups].map((group) =>
    readJson<{ readonly by: string; readonly levels: readonly Ranking[] }>(
      system, `/v1/rankings?parent=${PROVINCE}&period=${MONTH}${group === undefined ? '' : `&group=${group}`}`)));
  const rankings = answers.flatMap(({ by, levels }) => levels.map(({ level, ranked, apart }): Ranking => ({
    level, by, ranked: ranked.map(({ rank, unit, points }) => ({ rank, unit, points })), apart: apart.map(({ unit, reasons }) => ({ unit, reasons })),
  })));
  return [...new Set(rankings.map(({ level }) => level))].sort().flatMap((level) => rankings.filter((ranking) => ranking.level === level));
}

describe.each(LANGUAGES)('the consumer in %s, with the account of other services', (language) => {
  let told: Told;
  beforeAll(async () => {
    told = await consume(language);
  }, LOADED_WITHIN_MS);

  it('reads every record of every public topic, each of them as its schema has it', () => {
    const read = Object.values(told.facts).reduce((sum, count) => sum + count, told.watermarks);
    expect(read).toBe([...sent.values()].reduce((sum, count) => sum + count, 0));
    expect(told.facts[dossierTopic.name]).toBeGreaterThan(1_000);
    for (const { name } of [editionTopic, lateOfficersTopic, decisionTopic]) expect(told.facts[name]).toBeGreaterThan(0);
    expect(Object.keys(told.facts).filter((topic) => !PUBLIC_TOPICS.some(({ name }) => name === topic))).toEqual([]);
  });

  it('rebuilds the rankings of the aggregator, from the records that it sent itself', async () => {
    expect(told.rankings).toEqual(await rankingsOfAggregator());
    expect(told.rankings.flatMap(({ ranked, apart }) => [...ranked, ...apart]).map(({ unit }) => unit)).toEqual(expect.arrayContaining([...UNITS]));
    expect(told.rankings.some(({ ranked }) => ranked.length > 0)).toBe(true);
    expect(told.facts[unitScoreLatestTopic.name]).toBeGreaterThanOrEqual(UNITS.length + 1);
  });

  it('is told at once when its account may not read what it asks for', async () => {
    await expect(consume(language, 'payments')).rejects.toThrow();
  });
});

describe('what was published, computed again from the topics alone', () => {
  const RECOMPUTE = ['editions', 'recompute', '--from-topics', '--province', PROVINCE];
  const theSame = () => [PUBLISHED_WEEK, MONTH].sort().map((period) => expect.stringContaining(`${period}  1  ${hashes[period] ?? ''}  the same\n`) as string);

  it('with the account of other services comes out with its hashes', async () => {
    const { code, stdout, stderr } = await broker.operate('consumer', RECOMPUTE);
    expect([code, stderr]).toEqual([0, '']);
    for (const line of theSame()) expect(stdout).toEqual(line);
  }, LOADED_WITHIN_MS);

  it('with an account that may read everything comes out so, too, and no list is taken as published', async () => {
    const stdout = await operate(system, RECOMPUTE);
    for (const line of theSame()) expect(stdout).toEqual(line);
    expect(stdout).not.toContain('taken as published');
  }, LOADED_WITHIN_MS);

  it('is refused to an account that may not read the topics', async () => {
    expect(await broker.operate('payments', RECOMPUTE)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('this account may not read') });
  }, LOADED_WITHIN_MS);
});

describe('the account of other services', () => {
  const visit = () => new BrokerVisit({ brokers: [broker.address], account: broker.loginOf('consumer') });

  it('is refused everything else', async () => {
    expect(await visit().readable([officerTopic.name, officerSeenTopic.name], 'consumer.any')).toEqual([]);
    expect(await visit().write(dossierTopic.name)).toBe('refused');
    expect(await visit().join('aggregator.ledger', dossierTopic.name)).toBe('refused');
  });
});
