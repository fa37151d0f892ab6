import { decisionTopic } from '@index766/contracts-aggregator';
import { unitTopic, unitVersionedV1 } from '@index766/contracts-catalog';
import type { RunningHttpApp } from '@index766/platform-http';
import { databaseName, openDatabase, until } from '@index766/testing-integration';
import { describeRestore } from '@index766/testing-suites';

import { decisionDatabaseOf } from '../decision-database';
import { publishFact } from './publish-fact';
import { prepareAggregator, type PreparedAggregator } from './running-aggregator';

const BEHIND = 20;
const UNITS = ['X76', 'X76.1', 'X76.2', 'X76.3', 'X76.4'];
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const LANES = 8;

/** Import `number` is about one day; a later one corrects that of a day before it. */
function importsOf(number: number): readonly { readonly path: string; readonly key: string; readonly body: object }[] {
  const about = (day: number, numerator: number) => UNITS.map((unit) => {
    const name = new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
    return {
      path: `/v1/units/${unit}/portal-figures/${name}..${name}`, key: `${day}-${numerator}`,
      body: { source: { document: '318/BC-VP', readAt: '2026-11-03T02:00:00.000Z' }, figures: [{ indicator: '2.1', numerator, denominator: 1_000 }] },
    };
  });
  return [...about(number, 1), ...(number > BEHIND ? about(number - BEHIND, 2) : [])];
}

describeRestore({
  name: 'aggregator',
  topics: [decisionTopic],
  collections: { decisions: ({ facts, slot }) => ({ facts, slot }) },
  open: async () => {
    const aggregator = await prepareAggregator(databaseName(__filename), { WATERMARK_INTERVAL_MS: '1000' });
    await publishUnits(aggregator);
    const documents = await openDatabase(decisionDatabaseOf(databaseName(__filename)));
    const token = await aggregator.tokenFor(['operator'], ['*']);
    let members: readonly RunningHttpApp[] = [];
    return {
      kafka: aggregator.kafka,
      documents,
      startMember: async (port) => {
        // Two start at once: what is there is read when this one is, not before.
        const member = await aggregator.startMember(port);
        members = [...members, member];
      },
      stopMembers: async () => {
        const running = members;
        members = [];
        await Promise.all(running.map((member) => member.close()));
      },
      write: async (from, to) => {
        const url = members[0]?.url ?? '';
        await until(async () => (await fetch(`${url}/v1/units/X76.4/scores/2024-01`)).status === 200, { what: 'the units to be known' });
        const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
        const lanes = Array.from({ length: LANES }, async (_, lane) => {
          for (const number of numbers.filter((each) => each % LANES === lane)) for (const each of importsOf(number)) await send(url, token, each);
        });
        await Promise.all(lanes);
      },
      close: async () => {
        await documents.close();
        await aggregator.close();
      },
    };
  },
});

async function send(url: string, token: string, { path, key, body }: ReturnType<typeof importsOf>[number]): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
  const { status } = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (status !== 200) throw new Error(`an import was answered ${status}`);
}

async function publishUnits({ brokers }: PreparedAggregator): Promise<void> {
  for (const code of UNITS) {
    const parent = code === 'X76' ? null : 'X76';
    const data = { code, name: code, level: parent === null ? 'PROVINCE' : 'COMMUNE', parent, version: 1, validFrom: '2024-01-01' };
    await publishFact(unitTopic, unitVersionedV1, { key: code, sequence: 1, data, occurredAt: '2024-01-01T00:00:00Z' }, brokers);
  }
}
