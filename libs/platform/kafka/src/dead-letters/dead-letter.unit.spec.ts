import fc from 'fast-check';
import { formatInstant, instantOf } from '@index766/kernel';
import { readDeadLetter, replayOf, toDeadLetter } from './dead-letter';
import type { IncomingRecord } from '../consume/incoming-record';

const bytes = fc.uint8Array({ maxLength: 30 }).map((content) => Buffer.from(content));
const records: fc.Arbitrary<IncomingRecord> = fc.record({
  topic: fc.constant('dossiers.public.dossier.v1'),
  partition: fc.nat(47),
  offset: fc.bigInt({ min: 0n, max: 2n ** 62n }).map(String),
  key: fc.option(bytes),
  headers: fc.dictionary(fc.stringMatching(/^ce_[a-z]{1,8}$/), fc.oneof(bytes, fc.array(bytes, { minLength: 2, maxLength: 3 }))),
  value: fc.option(bytes),
  knownAfter: fc.option(fc.nat().map(instantOf), { nil: undefined }),
});

describe('a dead letter', () => {
  it('carries any record byte for byte with its origin, and its replay is that record again', () => {
    fc.assert(
      fc.property(records, (record) => {
        const letter = toDeadLetter('aggregator.ledger', { record, cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: 'fold: TypeError' }, 5_000);
        expect(letter).toMatchObject({ topic: 'dossiers.public.dossier.v1.aggregator.ledger.dlt', key: record.key, value: record.value });
        const read = readDeadLetter(letter);
        const { topic, partition, offset, key, headers, value, knownAfter } = record;
        expect(read).toEqual({
          ok: true,
          value: {
            group: 'aggregator.ledger', cause: 'bug', reason: 'CONSUMER.HANDLER_FAILED', detail: 'fold: TypeError', failedAt: 5_000,
            topic, partition, offset, knownAfter, original: { key, headers, value },
          },
        });
        const replay = read.ok ? replayOf(read.value) : undefined;
        const firstKnownAfter = knownAfter === undefined ? 'none' : formatInstant(knownAfter);
        expect(replay).toEqual({ topic, partition, key, value, headers: { ...headers, 'replay-known-after': firstKnownAfter } });
      }),
      { seed: 766, numRuns: 200 },
    );
  });

  it('is refused when it does not say where it came from', () => {
    expect(readDeadLetter({ key: null, headers: { 'dlt-topic': 't' }, value: null })).toMatchObject({ ok: false, error: { code: 'DEAD_LETTER.UNREADABLE' } });
  });
});
