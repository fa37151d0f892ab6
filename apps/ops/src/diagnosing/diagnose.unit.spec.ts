import { instantOf } from '@index766/kernel';
import { diagnose, type BrokerSeen, type Seen, type ServiceSeen } from './diagnose';
import { findingText } from './finding';
import { seriesOf, sumsOf, type MetricSeries } from './metric-sums';

const AT = 1_000_000_000;
const told = (values: Readonly<Record<string, number>>): readonly MetricSeries[] => Object.entries(values).map(([name, value]) => ({ name, labels: {}, value }));
/** Requests that took up to a second, and longer ones. */
const requests = (quick: number, slow: number): readonly MetricSeries[] => [['1', quick], ['5', quick + slow], ['+Inf', quick + slow]]
  .map(([le, value]) => ({ name: 'http_request_duration_seconds_bucket', labels: { le: String(le) }, value: Number(value) }));
/** Commands that took up to half a second, and longer ones. */
const commands = (command: string, quick: number, slow: number): readonly MetricSeries[] => [['0.5', quick], ['1', quick + slow], ['+Inf', quick + slow]]
  .map(([le, value]) => ({ name: 'mongo_command_duration_seconds_bucket', labels: { le: String(le), command, outcome: 'ok' }, value: Number(value) }));
const waiting = (period: string, seconds: number): readonly MetricSeries[] => seriesOf(`index_waiting_period_age_seconds{unit="H44",period="${period}"} ${seconds}\n`);
const SERVICE: Extract<ServiceSeen, { isLive: boolean }> = {
  service: 'aggregator', url: 'http://here', isLive: true, notReady: {}, clockAheadMs: 900, series: told({ index_dossiers: 200, index_unknown_unit_dossiers: 2 }),
};
const BROKER: Extract<BrokerSeen, { lags: unknown }> = {
  lags: [{ group: 'aggregator.ledger', generation: 1, topic: 'facts', records: 50_000 }], letters: [],
  watermarks: [{ topic: 'facts', partitions: 12, withoutAny: 0, oldest: instantOf(AT - 300_000) }, { topic: 'new', partitions: 1, withoutAny: 1, oldest: undefined }],
};
const seen = (service: Partial<typeof SERVICE> = {}, broker: Partial<typeof BROKER> = {}): Seen => ({ at: AT, services: [{ ...SERVICE, ...service }], broker: { ...BROKER, ...broker } });
const wrongIn = (given: Seen) => diagnose(given).flatMap(({ wrong, remedy }) => (wrong === undefined ? [] : [[wrong.en, remedy?.en ?? '']]));

describe('what the doctor says', () => {
  it('of a well system: that it looked, and nothing is wrong', () => {
    expect(wrongIn(seen())).toEqual([]);
    expect(findingText(diagnose(seen()))).toBe([
      '✓ aggregator http://here', '✓ Kafka', '✓ chủ đề theo danh mục / topics as the manifest has them', '✓ các nhóm đọc kịp / groups keep up',
      '✓ không có bản ghi bị gác lại / nothing is set aside', '✓ mốc của các dịch vụ ghi / watermarks of producers', '',
    ].join('\n'));
  });

  it.each<[string, Seen, string, string]>([
    ['a service that does not answer', { ...seen(), services: [{ service: 'dossiers', url: 'u', away: 'ECONNREFUSED' }] }, 'does not answer: ECONNREFUSED', 'start the service'],
    ['a service that a restart would help', seen({ isLive: false }), 'cannot recover by itself', 'restart it'],
    ['a service that waits', seen({ notReady: { mongo: ['the database is away'] } }), 'not ready: mongo: the database is away', 'members-and-health.md#health'],
    ['a clock that differs', seen({ clockAheadMs: -61_000 }), 'differs by -61 s from the one here', 'NTP'],
    ['an old outbox', seen({ series: told({ outbox_oldest_age_seconds: 60.6 }) }), 'its oldest record has waited for 61 s', 'a-record-waits-in-the-outbox'],
    ['missing facts', seen({ series: told({ index_open_holes: 3 }) }), '3 facts have not come', 'open-holes'],
    ['unknown units', seen({ series: told({ index_dossiers: 200, index_unknown_unit_dossiers: 3 }) }), '3 of 200 dossiers', 'unknownunits'],
    ['slow answers', seen({ series: requests(94, 6) }), 'since its start one request of twenty took longer than 1 s', 'databaseslow'],
    ['a slow database', seen({ series: [...commands('find', 60, 4), ...commands('update', 34, 2)] }), 'since its start one command of twenty took longer than 0.5 s', 'databaseslow'],
    ['a week that waits', seen({ series: waiting('week', 7_201) }), 'one could have been for 2 h', 'weeknotclosed'],
    ['records that wait', seen({ series: seriesOf('kafka_group_lag_age_seconds{topic="facts",group="g"} 301\n') }), 'records of facts have waited for 301 s', 'consumerlagage'],
    ['a province that lacks data', seen({ series: seriesOf('index_completeness_ratio{unit="H44",period="month"} 0.69\nindex_counted_dossiers{unit="H44",period="month"} 1\n') }), 'only 69 % of this month', 'completenesslow'],
    ['a broker that is away', { ...seen(), broker: { away: 'no connection' } }, 'no connection', 'KAFKA_BROKERS'],
    ['unfit topics', seen({}, { topicsUnfit: 'TOPICS.MISSING: facts' }), 'TOPICS.MISSING: facts', 'topics apply'],
    ['a group that is behind', seen({}, { lags: [{ group: 'aggregator.ledger', generation: 1, topic: 'facts', records: 50_001 }] }), '50001 records behind on facts', 'consumerlagrecords'],
    ['what is set aside', seen({}, { letters: [{ group: 'aggregator.ledger', topic: 'facts', records: 2, since: instantOf(AT - 7_500_000) }] }), 'open: 2 × facts (aggregator.ledger); the oldest for 2 h', 'dead-letters.md'],
    ['an old watermark', seen({}, { watermarks: [{ topic: 'facts', partitions: 1, withoutAny: 0, oldest: instantOf(AT - 301_000) }] }), 'the one of facts is 301 s old', 'producersilent'],
  ])('of %s: what is wrong, and what to do', (_, given, why, remedy) => {
    expect(wrongIn(given)).toEqual([[expect.stringContaining(why), expect.stringContaining(remedy)]]);
    expect(findingText(diagnose(given))).toMatch(/^✗ .*\n {4}\S.*\n {4}→ \S/m);
  });
});

it('sums series over their labels', () => {
  expect(sumsOf(seriesOf('# HELP a x\na{t="1"} 2\na{t="2"} 3\nb 4\n'))).toEqual(new Map([['a', 5], ['b', 4]]));
});

describe('what the doctor says of sources', () => {
  const push = (at: number) => seriesOf(`dossiers_source_last_push_timestamp_seconds{source="one-stop"} ${at / 1_000}\n`);
  const saidAt = (at: string, pushed: string) => diagnose({ ...seen({ series: push(Date.parse(pushed)) }), at: Date.parse(at), broker: { away: 'x' } })
    .filter(({ what }) => what.en === 'sources push').map(({ wrong }) => wrong?.en);

  it.each<[string, string, string, string | undefined]>([
    ['well at noon, when it pushed this morning', '2026-11-24T05:00:00Z', '2026-11-24T01:01:00Z', undefined],
    ['silent at noon of a Tuesday after four hours', '2026-11-24T05:00:00Z', '2026-11-24T00:59:00Z', 'source one-stop has sent nothing for 4 h'],
    ['well before eleven, when nobody can tell', '2026-11-24T03:59:00Z', '2026-11-23T09:00:00Z', undefined],
    ['well on a Sunday', '2026-11-22T05:00:00Z', '2026-11-20T09:00:00Z', undefined],
    ['no source any more after a week', '2026-11-24T05:00:00Z', '2026-11-17T04:59:00Z', undefined],
  ])('%s', (_, at, pushed, expected) => {
    expect(saidAt(at, pushed)).toEqual([expected]);
  });
});

it('judges a database by enough commands that do not wait by themselves, and weeks after two hours', () => {
  for (const series of [commands('find', 0, 99), commands('find', 95, 5), commands('getMore', 0, 200), waiting('week', 7_200), waiting('month', 9_999)]) {
    expect(wrongIn(seen({ series }))).toEqual([]);
  }
});

it('does not judge answers by a few requests, nor quick ones', () => {
  expect(wrongIn(seen({ series: requests(0, 99) }))).toEqual([]);
  expect(wrongIn(seen({ series: requests(95, 5) }))).toEqual([]);
});
