import { instantOf } from '@index766/kernel';
import { diagnose, type BrokerSeen, type Seen, type ServiceSeen } from './diagnose';
import { findingText } from './finding';
import { sumsOf } from './metric-sums';

const AT = 1_000_000_000;
const SERVICE: Extract<ServiceSeen, { isLive: boolean }> = {
  service: 'aggregator', url: 'http://here', isLive: true, notReady: {}, clockAheadMs: 900, metrics: new Map([['index_dossiers', 200], ['index_unknown_unit_dossiers', 2]]),
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
    ['an old outbox', seen({ metrics: new Map([['outbox_oldest_age_seconds', 60.6]]) }), 'its oldest record has waited for 61 s', 'a-record-waits-in-the-outbox'],
    ['missing facts', seen({ metrics: new Map([['index_open_holes', 3]]) }), '3 facts have not come', 'open-holes'],
    ['unknown units', seen({ metrics: new Map([['index_dossiers', 200], ['index_unknown_unit_dossiers', 3]]) }), '3 of 200 dossiers', 'unknownunits'],
    ['a broker that is away', { ...seen(), broker: { away: 'no connection' } }, 'no connection', 'KAFKA_BROKERS'],
    ['unfit topics', seen({}, { topicsUnfit: 'TOPICS.MISSING: facts' }), 'TOPICS.MISSING: facts', 'topics apply'],
    ['a group that is behind', seen({}, { lags: [{ group: 'aggregator.ledger', generation: 1, topic: 'facts', records: 50_001 }] }), '50001 records behind on facts', 'consumerlagrecords'],
    ['what is set aside', seen({}, { letters: [{ group: 'aggregator.ledger', topic: 'facts', records: 2 }] }), 'open: 2 × facts (aggregator.ledger)', 'dead-letters.md'],
    ['an old watermark', seen({}, { watermarks: [{ topic: 'facts', partitions: 1, withoutAny: 0, oldest: instantOf(AT - 301_000) }] }), 'the one of facts is 301 s old', 'producersilent'],
  ])('of %s: what is wrong, and what to do', (_, given, why, remedy) => {
    expect(wrongIn(given)).toEqual([[expect.stringContaining(why), expect.stringContaining(remedy)]]);
    expect(findingText(diagnose(given))).toMatch(/^✗ .*\n {4}\S.*\n {4}→ \S/m);
  });
});

it('sums series over their labels', () => {
  expect(sumsOf('# HELP a x\na{t="1"} 2\na{t="2"} 3\nb 4\n')).toEqual(new Map([['a', 5], ['b', 4]]));
});
