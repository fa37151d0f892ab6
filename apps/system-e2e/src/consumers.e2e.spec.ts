import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { unitScoreLatestTopic } from '@index766/contracts-aggregator';
import { officerTopic } from '@index766/contracts-catalog';
import { dossierTopic, officerSeenTopic } from '@index766/contracts-dossiers';
import { BrokerVisit } from '@index766/testing-integration';
import { readJson } from './test/answers';
import { PUBLIC_TOPICS, SecuredBroker } from './test/secured-broker';
import { MONTH, PROVINCE, UNITS } from './test/small-sample';
import { loadedSystem } from './test/system-access';
import { LOADED_WITHIN_MS } from './test/time-limits';
import { unitScoreRecord, type ScoreOfUnit } from './test/unit-scores';
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
let scores: readonly ScoreOfUnit[];

beforeAll(async () => {
  commands = JSON.parse((await run(process.execPath, [inWorkspace('infra', 'local', 'consumers.mjs')])).stdout) as typeof commands;
  broker = await SecuredBroker.start();
  sent = await broker.copyPublicTopics(system);
  ({ scores } = await readJson<{ scores: readonly ScoreOfUnit[] }>(system, `/v1/scores?parent=${PROVINCE}&period=${MONTH}`));
  await broker.send('aggregator', scores.map(unitScoreRecord));
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
  const groups = scores[0]?.groups.map(({ group }) => group) ?? [];
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
    const expected = new Map(sent).set(unitScoreLatestTopic.name, (sent.get(unitScoreLatestTopic.name) ?? 0) + scores.length);
    const read = Object.values(told.facts).reduce((sum, count) => sum + count, told.watermarks);
    expect(read).toBe([...expected.values()].reduce((sum, count) => sum + count, 0));
    expect(told.facts[dossierTopic.name]).toBeGreaterThan(1_000);
    expect(Object.keys(told.facts).filter((topic) => !PUBLIC_TOPICS.some(({ name }) => name === topic))).toEqual([]);
  });

  it('rebuilds the rankings of the aggregator', async () => {
    expect(told.rankings).toEqual(await rankingsOfAggregator());
    expect(told.rankings.flatMap(({ ranked, apart }) => [...ranked, ...apart]).map(({ unit }) => unit)).toEqual(expect.arrayContaining([...UNITS]));
    expect(told.rankings.some(({ ranked }) => ranked.length > 0)).toBe(true);
  });

  it('is told at once when its account may not read what it asks for', async () => {
    await expect(consume(language, 'payments')).rejects.toThrow();
  });
});

describe('the account of other services', () => {
  const visit = () => new BrokerVisit({ brokers: [broker.address], account: broker.loginOf('consumer') });

  it('is refused everything else', async () => {
    expect(await visit().readable([officerTopic.name, officerSeenTopic.name], 'consumer.any')).toEqual([]);
    expect(await visit().write(dossierTopic.name)).toBe('refused');
    expect(await visit().join('aggregator.ledger', dossierTopic.name)).toBe('refused');
  });
});
