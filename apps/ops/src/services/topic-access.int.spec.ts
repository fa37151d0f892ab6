import { BrokerVisit, startSecuredKafka, type ServerProcess } from '@index766/testing-integration';
import { deadLetterTopicOf } from '@index766/platform-kafka';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpsFailure } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker } from './broker';
import { ADMINISTRATORS, RULED_ACCOUNTS, TOPIC_ACCESS, ownerOf, type RuledAccount } from './topic-access';
import { TOPIC_MANIFEST } from './topic-manifest';

interface Cell {
  readonly name: string;
  readonly writers: readonly string[];
  readonly readers: readonly string[];
}

/** What the table says, each topic and each topic of dead letters by itself. */
const CELLS: readonly Cell[] = [
  ...TOPIC_ACCESS.map(({ topic: { name, producer }, readers }) => ({ name, writers: [producer], readers: [producer, ...readers] })),
  ...TOPIC_MANIFEST.groups.flatMap(({ group, topics }) => topics.map((topic) => {
    const owner = ownerOf(group) ?? '';
    return { name: deadLetterTopicOf(topic, group), writers: [owner], readers: [owner] };
  })),
];
const NAMES = CELLS.map(({ name }) => name);
/** Public, so that every account may read it, but for those that need it for nothing. */
const ofAccount = (account: string): string => CELLS.find(({ readers }) => readers.includes(account))?.name ?? '';

let server: ServerProcess<'broker'>;
let passwords: ReadonlyMap<string, string>;
let folder: string;
const environment = { ...process.env };

const visit = (username: string, password = passwords.get(username) ?? '') => new BrokerVisit({ brokers: [server.address], account: { username, password } });
const broker = (): Broker => new Broker(loadBrokerConfig());

beforeAll(async () => {
  ({ server, passwords } = await startSecuredKafka([...ADMINISTRATORS, ...RULED_ACCOUNTS]));
  folder = mkdtempSync(join(tmpdir(), 'ops-'));
  const file = join(folder, 'password');
  writeFileSync(file, passwords.get('ops') ?? '', { mode: 0o600 });
  Object.assign(process.env, { KAFKA_BROKERS: server.address, TOPIC_PARTITIONS: '1', KAFKA_SASL_USERNAME: 'ops', KAFKA_SASL_PASSWORD_FILE: file });
  await broker().applyTopics();
  for (const name of NAMES) await visit('ops').write(name);
}, 120_000);
afterAll(async () => {
  process.env = environment;
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe.each(RULED_ACCOUNTS)('the account %s', (account: RuledAccount) => {
  it('reads what the table says and nothing else', async () => {
    const expected = CELLS.filter(({ readers }) => readers.includes(account)).map(({ name }) => name);
    expect(await visit(account).readable(NAMES, `${account}.visit`)).toEqual(expected);
  });

  it('writes what the table says and nothing else', async () => {
    const written: string[] = [];
    for (const name of NAMES) if (await visit(account).write(name) === 'allowed') written.push(name);
    expect(written).toEqual(CELLS.filter(({ writers }) => writers.includes(account)).map(({ name }) => name));
  });

  it('has the groups of its name and no others', async () => {
    const seen: string[] = [];
    for (const owner of [...RULED_ACCOUNTS, ...ADMINISTRATORS]) {
      if (await visit(account).lookAtGroup(`${owner}.any`, ofAccount(account)) === 'allowed') seen.push(owner);
    }
    expect(seen).toEqual([account]);
    const foreign = account === 'aggregator' ? 'consumer.any' : 'aggregator.ledger';
    expect(await visit(account).join(foreign, ofAccount(account))).toBe('refused');
  });

  it('makes and removes no topic and gives no rights', async () => {
    const visitor = visit(account);
    expect([
      await visitor.createTopic('catalog.public.own.v1'), await visitor.deleteTopic(ofAccount(account)),
      await visitor.grantReading(account, 'catalog.restricted.officer.v1'),
    ]).toEqual(['refused', 'refused', 'refused']);
  });
});

describe('the broker', () => {
  it('lets nobody in without an account or with a wrong password', async () => {
    expect(await visit('consumer', 'guessed').enter()).toBe('refused');
    expect(await visit('nobody', passwords.get('consumer')).enter()).toBe('refused');
    await expect(new BrokerVisit({ brokers: [server.address] }).enter()).rejects.toThrow();
  });

  it('has the rules of the table and no others: one that somebody gave is named and taken away', async () => {
    expect(await broker().verifyTopics()).toBe(NAMES.length);
    expect(await broker().applyTopics()).toEqual({ created: [], all: NAMES.length, rules: { added: 0, removed: 0 } });

    await visit('ops').grantReading('consumer', 'catalog.restricted.officer.v1');

    await expect(broker().verifyTopics()).rejects.toThrow(new OpsFailure(
      'ACCESS.DIFFERS: the access rules of the broker are not those of the plan: not planned: User:consumer read topic catalog.restricted.officer.v1.',
    ));
    expect((await broker().applyTopics()).rules).toEqual({ added: 0, removed: 1 });
    expect(await broker().verifyTopics()).toBe(NAMES.length);
  });

  it('keeps accounts and rules through the loss of power', async () => {
    await server.kill();
    await server.restart();
    expect(await visit('consumer').enter()).toBe('allowed');
    expect(await broker().verifyTopics()).toBe(NAMES.length);
  });
});
