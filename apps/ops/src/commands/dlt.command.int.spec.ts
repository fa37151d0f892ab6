import { readTopic, sendRecords, startOwnKafka, type Server } from '@index766/testing-integration';
import { UsageFailure } from '../failure';
import { loadBrokerConfig } from '../ops.config';
import { Broker } from '../services/broker';
import { openLetters } from '../services/letter-desk';
import { dltCommand } from './dlt.command';

const TOPIC = 'dossiers.public.dossier.v1';
const LETTERS = `${TOPIC}.aggregator.ledger.dlt`;
const OFFICERS = 'catalog.restricted.officer.v1';

let kafka: Server;
const environment = { ...process.env };
beforeAll(async () => {
  kafka = await startOwnKafka();
  Object.assign(process.env, { KAFKA_BROKERS: kafka.address, TOPIC_PARTITIONS: '2' });
  await new Broker(loadBrokerConfig()).applyTopics();
});
afterAll(async () => {
  process.env = environment;
  await kafka.stop();
});

/** Puts letters where a consumer group puts them. */
async function givenLetters(letters: string, ...records: readonly { readonly key: string; readonly value: Buffer; readonly cause?: string; readonly offset: number }[]): Promise<void> {
  const [topic = '', group = ''] = letters.split(/(?<=\.v1)\.|\.dlt$/);
  await sendRecords(letters, records.map(({ key, value, cause = 'bug', offset }) => ({
    key, value, partition: 0,
    headers: {
      ce_id: `${topic}/${key}/1`, 'dlt-group': group, 'dlt-cause': cause, 'dlt-reason': 'CONSUMER.HANDLER_FAILED', 'dlt-detail': 'fold: TypeError',
      'dlt-failed-at': '2026-10-05T01:00:00.000Z', 'dlt-topic': topic, 'dlt-partition': '0', 'dlt-offset': String(offset), 'dlt-known-after': 'none',
    },
  })), [kafka.address]);
}

async function dlt(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  let text = '';
  const code = await dltCommand.run(args, (more) => (text += more), () => undefined);
  return { code, text };
}
const openOffsets = async (...args: readonly string[]) =>
  (await dlt('list', '--json', ...args)).text.split('\n').filter(Boolean).map((line) => (JSON.parse(line) as { offset: string }).offset);

describe('dead-letter commands', () => {
  it('say when nothing is set aside, and refuse what they do not understand', async () => {
    expect((await dlt('list')).text).toContain('Nothing is set aside');
    for (const wrong of [[], ['list', '--topic', 'no.such'], ['show', LETTERS, '-1'], ['show', 'no.such', '0'], ['drop', LETTERS, '0'], ['drop', LETTERS, '0', '--reason', ' '], ['replay'], ['replay', LETTERS, '0', '--all'], ['replay', '--all', '--cause', 'any']]) {
      await expect(dlt(...wrong)).rejects.toThrow(UsageFailure);
    }
    await expect(dlt('show', LETTERS, '99')).rejects.toThrow(`${LETTERS} has no letter at offset 99.`);
  });

  it('list, show, replay and drop; a second time changes nothing; only open letters count', async () => {
    const bytes = Buffer.from([0xff, 0x00]);
    await givenLetters(LETTERS, { key: 'H44.1-1', value: Buffer.from('{"tên":"Ví Dụ"}'), offset: 7 }, { key: 'Ai đó', value: bytes, cause: 'refused', offset: 8 }, { key: 'H44.1-2', value: bytes, cause: 'conflict', offset: 9 });
    expect(await openOffsets('--topic', TOPIC)).toEqual(['0', '1', '2']);
    expect(await openOffsets('--group', 'aggregator.ledger', '--cause', 'refused')).toEqual(['1']);
    expect(await openOffsets('--group', 'dossiers.reference')).toEqual([]);
    expect(await openLetters(loadBrokerConfig())).toEqual([{ group: 'aggregator.ledger', topic: TOPIC, records: 3, since: expect.any(Number) as number }]);
    const { text: table } = await dlt('list');
    expect(table).toContain('H44.1-1');
    expect(table).not.toContain('Ai đó');

    const { text: sheet } = await dlt('show', LETTERS, '0');
    for (const line of ['cause: bug', 'detail: fold: TypeError', 'offsetInTopic: 7', 'state: open', `  ce_id: ${TOPIC}/H44.1-1/1`]) expect(sheet.split('\n')).toContain(line);
    expect(sheet).not.toContain('Ví Dụ');
    expect((await dlt('show', LETTERS, '0', '--value')).text).toContain('{"tên":"Ví Dụ"}');
    expect((await dlt('show', LETTERS, '1', '--value')).text.trimEnd().split('\n').at(-1)).toBe('ff00');

    expect(await dlt('replay', LETTERS, '0', '--by', 'lan')).toEqual({ code: 0, text: '1 sent again and resolved.\n' });
    expect((await dlt('replay', LETTERS, '0')).text).toContain('is resolved already: replayed by lan');
    const [sent, ...more] = await readTopic(TOPIC, { brokers: [kafka.address] });
    expect([sent?.key, sent?.partition, sent?.headers, more]).toEqual(['H44.1-1', 0, { ce_id: `${TOPIC}/H44.1-1/1`, 'replay-known-after': 'none' }, []]);

    expect((await dlt('drop', LETTERS, '1', '--reason', 'gửi nhầm')).code).toBe(0);
    expect((await dlt('drop', LETTERS, '1', '--reason', 'again')).text).toContain('is resolved already: dropped');
    expect((await dlt('list', '--all')).text).toMatch(/dropped .*Z/);
    expect((await dlt('show', LETTERS, '1')).text).toContain('state: dropped, gửi nhầm');
    expect(await openOffsets()).toEqual(['2']);

    expect(await dlt('replay', '--all', '--cause', 'conflict')).toEqual({ code: 0, text: '1 sent again and resolved.\n' });
    expect(await openLetters(loadBrokerConfig())).toEqual([]);
  });

  it('leave what cannot be sent again, and say so', async () => {
    await sendRecords(OFFICERS, [{ key: 'a', value: 'newer' }, { key: 'a', value: 'newest' }], [kafka.address]);
    await givenLetters(`${OFFICERS}.aggregator.reference.dlt`, { key: 'a', value: Buffer.from('old'), offset: 0 });
    await sendRecords(LETTERS, [{ key: null, value: null }], [kafka.address]);
    const { code, text } = await dlt('replay', '--all');
    expect([code, text]).toEqual([1, expect.stringMatching(/^0 sent again[^]*later record of the key[^]*does not say where it belongs/)]);
  });
});
