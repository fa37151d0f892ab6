import { latenessTopic } from '@index766/contracts-aggregator';
import { WATERMARK_KEY, decodeRecord } from '@index766/contracts-envelope';
import type { RunningHttpApp } from '@index766/platform-http';
import { databaseName, openDatabase, readTopic, until } from '@index766/testing-integration';

import { decisionDatabaseOf } from './decision-database';
import { giveUnits, receivedFacts, tellDossier } from './test/late-dossiers';
import { prepareAggregator, type PreparedAggregator } from './test/running-aggregator';

const OFFICER = '0123456789abcdef0123456789abcdef';
const day = 86_400_000;
const text = (at: number) => new Date(at).toISOString();

describe('events about the lateness of dossiers', () => {
  const database = databaseName(__filename);
  const now = Date.now();
  const [received, passed] = [text(now - 20 * day), text(now - 5 * day)];
  let aggregator: PreparedAggregator;
  let member: RunningHttpApp;

  async function restartWithout(...databases: readonly string[]): Promise<void> {
    await member.close();
    for (const name of databases) {
      const opened = await openDatabase(name);
      await opened.db.dropDatabase();
      await opened.close();
    }
    member = await aggregator.startMember();
  }

  /** What the topic has of a dossier, as often as it has it: type, cause and id. */
  async function told(dossier: string, count: number) {
    const ofDossier = ({ key }: { readonly key: string | null }) => key === dossier;
    const records = await readTopic(latenessTopic.name, { brokers: aggregator.brokers, until: (all) => all.filter(ofDossier).length >= count, timeoutMs: 60_000 });
    return records.filter(({ key }) => key !== WATERMARK_KEY).filter(ofDossier).map(({ headers, value }) =>
      ({ id: headers['ce_id'], type: headers['ce_type'], data: JSON.parse(value?.toString('utf8') ?? '') as Record<string, unknown> }));
  }
  const causesOf = async (dossier: string, count: number) => (await told(dossier, count)).map(({ type, data }) => [type, data['cause']]);

  beforeAll(async () => {
    aggregator = await prepareAggregator(database, { WATERMARK_INTERVAL_MS: '1000', LATENESS_INTERVAL_MS: '300' });
    member = await aggregator.startMember();
    await giveUnits(aggregator);
    await tellDossier(aggregator, 'H44.1-OVERDUE', receivedFacts(received, passed, { officer: OFFICER, department: 'TP-HT' }));
    await tellDossier(aggregator, 'H44.1-SOON', receivedFacts(received, text(now + 3_600_000), { officer: OFFICER }));
    await tellDossier(aggregator, 'H44.1-ENDED', [...receivedFacts(received, passed), ['dossier-finished', text(now - 6 * day), {}]]);
  }, 180_000);
  afterAll(async () => {
    await member.close();
    await aggregator.close();
  });

  it('say that a dossier is overdue and since when, with a pseudonym, as the contract has it', async () => {
    expect(await told('H44.1-OVERDUE', 1)).toEqual([{
      id: `${latenessTopic.name}/H44.1-OVERDUE/1`, type: 'aggregator.dossier-overdue.v1',
      data: {
        dueAt: passed, cause: 'due-passed', causedAt: passed, unit: 'H44.1', procedure: '2.000815', officer: OFFICER, department: 'TP-HT',
      },
    }]);
  });

  it('say that a dossier is due soon, and nothing of one that ended in time', async () => {
    expect(await causesOf('H44.1-SOON', 1)).toEqual([['aggregator.dossier-due-soon.v1', 'received']]);
    const records = await readTopic(latenessTopic.name, { brokers: aggregator.brokers, until: (all) => all.some(({ key }) => key === WATERMARK_KEY), timeoutMs: 60_000 });
    expect(records.filter(({ key }) => key === 'H44.1-ENDED')).toEqual([]);
  });

  it('agree with the list of today, which has no name without the right to it', async () => {
    const list = await until(async () => {
      const read = await (await fetch(`${member.url}/v1/units/H44/todays-list`)).json() as { readonly officers?: readonly { readonly dossiers: readonly object[] }[] };
      return read.officers?.[0]?.dossiers.length === 2 && read;
    }, { what: 'units and dossiers to be known', timeoutMs: 60_000 });
    expect(list).toMatchObject({
      unit: 'H44',
      officers: [{
        officer: OFFICER, name: null, past: 1,
        dossiers: [{ dossier: 'H44.1-OVERDUE', due: 'past', step: 's1', waiting: false }, { dossier: 'H44.1-SOON' }],
      }],
      desks: [{ unit: 'H44.1', department: 'TP-HT', past: 1 }, { unit: 'H44.1', department: null }],
    });
    const csv = await (await fetch(`${member.url}/v1/units/H44.1/todays-list?format=csv`)).text();
    expect(csv.split('\r\n')[1]).toMatch(new RegExp(`^${OFFICER},,,,past,H44.1-OVERDUE,2.000815,H44.1,TP-HT,.*,-[0-9.]+,false,s1,`));
  });

  it('say that it is overdue no more when it has ended', async () => {
    await tellDossier(aggregator, 'H44.1-OVERDUE', [['dossier-finished', text(now - 60_000), {}]], 4);
    expect(await causesOf('H44.1-OVERDUE', 2)).toEqual([['aggregator.dossier-overdue.v1', 'due-passed'], ['aggregator.dossier-overdue-cleared.v1', 'ended']]);
  });

  it('are told once through a restart, another order of batches, and the loss of every figure', async () => {
    await restartWithout(database);
    await tellDossier(aggregator, 'H44.1-LATER', receivedFacts(received, passed));
    expect(await causesOf('H44.1-LATER', 1)).toEqual([['aggregator.dossier-overdue.v1', 'due-passed']]);
    expect(await told('H44.1-OVERDUE', 2)).toHaveLength(2);
    expect(await told('H44.1-SOON', 1)).toHaveLength(1);
  });

  it('are known again from the topic when the database that remembers them is lost', async () => {
    await restartWithout(decisionDatabaseOf(database));
    await tellDossier(aggregator, 'H44.1-LATER', [['dossier-finished', text(now - 60_000), {}]], 4);
    expect(await causesOf('H44.1-LATER', 2)).toEqual([['aggregator.dossier-overdue.v1', 'due-passed'], ['aggregator.dossier-overdue-cleared.v1', 'ended']]);
    const ids = (await told('H44.1-LATER', 2)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it('are records that the contract of the topic reads', async () => {
    const records = (await readTopic(latenessTopic.name, { brokers: aggregator.brokers, until: (all) => all.filter(({ key }) => key !== WATERMARK_KEY).length >= 5, timeoutMs: 60_000 }))
      .filter(({ key }) => key !== WATERMARK_KEY);
    const read = records.map(({ key, headers, value }) => decodeRecord(latenessTopic, {
      key: Buffer.from(key), value,
      headers: Object.fromEntries(Object.entries(headers).map(([name, each]) => [name, Buffer.from(each)])),
    }));
    expect(read.filter(({ ok }) => !ok)).toEqual([]);
  });
});
