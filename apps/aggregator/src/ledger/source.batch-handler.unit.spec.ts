import { sourceCompleteV1, sourceHeardV1, sourceTopic } from '@index766/contracts-dossiers';
import { encodeRecord, envelopeOf, type FactContract } from '@index766/contracts-envelope';
import { parseInstant, type Instant } from '@index766/kernel';
import type { IncomingRecord } from '@index766/platform-kafka';
import fc from 'fast-check';

import type { SaidOfSource } from './arrival-notes';
import { SourceBatchHandler } from './source.batch-handler';

const at = (text: string): Instant => parseInstant(text) as Instant;
const noted: SaidOfSource[] = [];
const handler = new SourceBatchHandler({
  takeSaid: (said) => {
    noted.push(...said);
    return Promise.resolve();
  },
});

function recordOf(contract: FactContract, data: object, recordedAt: Instant): IncomingRecord {
  const envelope = envelopeOf(sourceTopic, { type: contract.type, occurredAt: recordedAt, recordedAt, subject: 'one-stop', sequence: 1 });
  const { key, headers, value } = encodeRecord(envelope, data, contract);
  return { topic: sourceTopic.name, key: Buffer.from(key), headers: { ...headers }, value: Buffer.from(value) } as unknown as IncomingRecord;
}
const heard = (recordedAt: Instant) => handler.decode(recordOf(sourceHeardV1, { source: 'one-stop' }, recordedAt));
const complete = (day: string, recordedAt: Instant) => handler.decode(recordOf(sourceCompleteV1, { source: 'one-stop', day }, recordedAt));

describe('what a source says of itself', () => {
  it('is when it was heard, by its push', () => {
    expect(heard(at('2026-11-23T08:00:00+07:00'))).toEqual({ ok: true, value: { source: 'one-stop', saidAt: at('2026-11-23T08:00:00+07:00'), heardAt: at('2026-11-23T08:00:00+07:00') } });
  });

  it('is up to where it pushed everything, and no push', () => {
    expect(complete('2026-11-22', at('2026-11-23T08:00:00+07:00')))
      .toEqual({ ok: true, value: { source: 'one-stop', saidAt: at('2026-11-23T08:00:00+07:00'), completeUntil: at('2026-11-23T00:00:00+07:00') } });
  });

  it('is noted as the latest of all, in whatever order it came', async () => {
    const items = [
      heard(at('2026-11-21T08:00:00+07:00')), heard(at('2026-11-23T08:00:00+07:00')), complete('2026-11-20', at('2026-11-22T08:00:00+07:00')),
      complete('2026-11-22', at('2026-11-23T09:00:00+07:00')),
    ].flatMap((each) => (each.ok ? [each.value] : []));
    const all = { source: 'one-stop', saidAt: at('2026-11-23T09:00:00+07:00'), heardAt: at('2026-11-23T08:00:00+07:00'), completeUntil: at('2026-11-23T00:00:00+07:00') };
    fc.assert(
      fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
        expect(handler.fold(undefined, shuffled)).toEqual({ document: all, outcomes: items.map(() => 'applied') });
      }),
      { seed: 766, numRuns: 50 },
    );
    expect(await handler.save(new Map([['one-stop', all]]))).toEqual([]);
    expect(noted).toEqual([all]);
  });

  it('is refused with a code where it keeps to no contract', () => {
    const record = recordOf(sourceHeardV1, { source: 'one-stop' }, at('2026-11-23T08:00:00+07:00'));
    expect(handler.decode({ ...record, value: Buffer.from('{}') })).toMatchObject({ ok: false, error: { code: 'CONTRACT.INVALID_DATA' } });
  });
});
