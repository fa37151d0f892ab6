import { instantOf } from '@index766/kernel';
import fc from 'fast-check';
import { HEADER, type RawRecord } from './headers';
import { MAX_VALUE_BYTES, decodeRecord, encodeRecord, isTombstone, type EncodedRecord } from './record';
import { aLetter, letterAnswered, letterEnvelope, letterReceived, letterTopic } from './test/letter-topic';

/** As a Kafka client hands a record over: everything is bytes. */
function arrived(record: EncodedRecord): RawRecord & { readonly headers: Record<string, Uint8Array>; readonly value: Buffer } {
  const headers = Object.fromEntries(Object.entries(record.headers).map(([name, text]) => [name, Buffer.from(text)]));
  return { key: Buffer.from(record.key), headers, value: record.value };
}

const good = arrived(encodeRecord(letterEnvelope(), aLetter, letterReceived));

function withHeader(name: string, text: string | undefined): RawRecord {
  return { ...good, headers: { ...good.headers, [name]: text } };
}

function withValue(value: unknown): RawRecord {
  return { ...good, value: Buffer.from(JSON.stringify(value)) };
}

describe('writing a record', () => {
  test('puts CloudEvents attributes into headers and the data alone into the value', () => {
    const record = encodeRecord(
      letterEnvelope({ correlationId: 'c-1', causationId: 'p-1', traceparent: '00-1-2-01' }),
      aLetter,
      letterReceived,
    );
    expect(record.key).toBe('G09.20-20260609-0092637');
    expect(record.headers).toEqual({
      ce_specversion: '1.0',
      ce_id: 'offices.public.letter.v1/G09.20-20260609-0092637/1',
      ce_source: '/index766/offices',
      ce_type: 'offices.letter-received.v1',
      ce_time: '2026-10-05T01:30:00.000Z',
      ce_subject: 'G09.20-20260609-0092637',
      ce_dataschema: 'urn:index766:offices.letter-received.v1',
      ce_partitionkey: 'G09.20-20260609-0092637',
      ce_sequence: '1',
      ce_recordedtime: '2026-10-05T01:31:00.000Z',
      ce_correlationid: 'c-1',
      ce_causationid: 'p-1',
      traceparent: '00-1-2-01',
      'content-type': 'application/json',
    });
    expect(JSON.parse(record.value.toString())).toEqual(aLetter);
  });

  test('leaves out what the contract does not know', () => {
    const withNote = { ...aLetter, note: 'private' };
    const record = encodeRecord(letterEnvelope(), withNote, letterReceived);
    expect(record.value.toString()).not.toContain('private');
  });

  test.each([
    ['data against the contract', letterEnvelope(), { pages: 0 }, 'value.pages is against the contract'],
    ['another type in the envelope', letterEnvelope({ type: letterAnswered.type }), aLetter, 'envelope type'],
    ['no key', letterEnvelope({ subject: '' }), aLetter, 'needs a key'],
    ['sequence 0', letterEnvelope({ sequence: 0 }), aLetter, 'counts from 1'],
    ['half a sequence', letterEnvelope({ sequence: 1.5 }), aLetter, 'counts from 1'],
    [
      'a value that is too large',
      letterEnvelope(),
      { pages: 1, sheets: Array.from({ length: 4_000 }, () => ({ code: 'AAAAAAAA' })) },
      `more than ${MAX_VALUE_BYTES} bytes`,
    ],
  ])('is a bug with %s', (_name, envelope, data, message) => {
    expect(() => encodeRecord(envelope, data, letterReceived)).toThrow(message);
  });
});

describe('reading a record', () => {
  test('gives back envelope and data, with the type telling them apart', () => {
    const decoded = decodeRecord(letterTopic, good);
    expect(decoded).toEqual({
      ok: true,
      value: { type: 'offices.letter-received.v1', envelope: letterEnvelope(), data: aLetter },
    });
    expect(decoded.ok && decoded.value.type === 'offices.letter-received.v1' && decoded.value.data.pages).toBe(3);
  });

  test('takes headers as text, as bytes, or as a list of one', () => {
    expect(decodeRecord(letterTopic, { ...good, headers: { ...good.headers, [HEADER.type]: 'offices.letter-received.v1' } }).ok).toBe(true);
    expect(decodeRecord(letterTopic, { ...good, headers: { ...good.headers, [HEADER.type]: [Buffer.from('offices.letter-received.v1')] } }).ok).toBe(true);
  });

  test('takes content types with parameters', () => {
    expect(decodeRecord(letterTopic, withHeader(HEADER.contentType, 'Application/JSON; charset=utf-8')).ok).toBe(true);
  });

  test('drops fields that the contract does not know', () => {
    const decoded = decodeRecord(letterTopic, withValue({ ...aLetter, addedLater: 1 }));
    expect(decoded.ok && decoded.value.data).toEqual(aLetter);
  });

  test.each<[string, RawRecord, string, string]>([
    ['no key', { ...good, key: null }, 'ENVELOPE.NO_KEY', 'key'],
    ['an empty key', { ...good, key: Buffer.alloc(0) }, 'ENVELOPE.NO_KEY', 'key'],
    ['a key that is not UTF-8', { ...good, key: Buffer.from([0xff, 0xfe]) }, 'ENVELOPE.NO_KEY', 'key'],
    ['no headers', { key: good.key, value: good.value }, 'ENVELOPE.MISSING_HEADER', 'ce_id'],
    ['no type', withHeader('ce_type', undefined), 'ENVELOPE.MISSING_HEADER', 'ce_type'],
    ['no source', withHeader('ce_source', undefined), 'ENVELOPE.MISSING_HEADER', 'ce_source'],
    ['no subject', withHeader('ce_subject', undefined), 'ENVELOPE.MISSING_HEADER', 'ce_subject'],
    ['a repeated type', { ...good, headers: { ...good.headers, ce_type: ['a', 'b'] } }, 'ENVELOPE.MISSING_HEADER', 'ce_type'],
    ['another version of CloudEvents', withHeader('ce_specversion', '0.3'), 'ENVELOPE.UNSUPPORTED_VERSION', 'ce_specversion'],
    ['another content type', withHeader('content-type', 'application/avro'), 'ENVELOPE.UNSUPPORTED_CONTENT', 'content-type'],
    ['a time that is none', withHeader('ce_time', '2026-02-30T00:00:00Z'), 'ENVELOPE.INVALID_HEADER', 'ce_time'],
    ['no recorded time', withHeader('ce_recordedtime', undefined), 'ENVELOPE.INVALID_HEADER', 'ce_recordedtime'],
    ['sequence 0', withHeader('ce_sequence', '0'), 'ENVELOPE.INVALID_HEADER', 'ce_sequence'],
    ['a sequence beyond exact numbers', withHeader('ce_sequence', '9999999999999999'), 'ENVELOPE.INVALID_HEADER', 'ce_sequence'],
    ['a subject that is not the key', withHeader('ce_subject', 'other'), 'ENVELOPE.INVALID_HEADER', 'ce_subject'],
    ['another producer', withHeader('ce_source', '/index766/desks'), 'ENVELOPE.INVALID_HEADER', 'ce_source'],
    ['an id of another record', withHeader('ce_sequence', '2'), 'ENVELOPE.INVALID_HEADER', 'ce_id'],
    ['an unknown type', withHeader('ce_type', 'offices.letter-burnt.v1'), 'CONTRACT.UNKNOWN_TYPE', 'ce_type'],
    ['no value', { ...good, value: null }, 'ENVELOPE.NO_VALUE', 'value'],
    ['a value that is no JSON', { ...good, value: Buffer.from('{"pages":') }, 'CONTRACT.NOT_JSON', 'value'],
    ['a value that is not UTF-8', { ...good, value: Buffer.from([0x22, 0xff, 0x22]) }, 'CONTRACT.NOT_JSON', 'value'],
    ['a list as the value', withValue([]), 'CONTRACT.INVALID_DATA', 'value'],
    ['a missing field', withValue({}), 'CONTRACT.INVALID_DATA', 'value.pages'],
    ['a day that does not exist', withValue({ pages: 1, dueAt: '2026-02-30T00:00:00Z' }), 'CONTRACT.INVALID_DATA', 'value.dueAt'],
    ['a broken part', withValue({ pages: 1, sheets: [{ code: 'A' }, { code: 7 }] }), 'CONTRACT.INVALID_DATA', 'value.sheets.1.code'],
  ])('refuses %s', (_name, record, code, path) => {
    expect(decodeRecord(letterTopic, record)).toMatchObject({ ok: false, error: { code, path } });
  });

  test('never repeats a value that was sent', () => {
    const marker = 'MARKER-4711';
    const records = [
      ...Object.keys(good.headers).map((name) => withHeader(name, marker)),
      withValue({ pages: marker }),
      withValue({ pages: 1, dueAt: marker, sheets: [{ code: `${marker}${marker}` }] }),
      withValue(marker),
      { ...good, value: Buffer.from(`{"pages": ${marker}`) },
      { ...good, key: Buffer.from(marker) },
    ];
    const refusals = records.map((record) => decodeRecord(letterTopic, record)).filter(({ ok }) => !ok);
    expect(refusals.length).toBeGreaterThan(12);
    expect(JSON.stringify(refusals)).not.toContain(marker);
  });
});

describe('round trip', () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const instant = fc.integer({ min: 0, max: 4_102_444_800_000 }).map(instantOf);

  test('what is written is read back, whatever key, instants and data', () => {
    fc.assert(
      fc.property(
        key, instant, instant, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 1 }),
        fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }),
        (subject, occurredAt, recordedAt, sequence, pages, correlationId) => {
          const envelope = letterEnvelope({
            subject, occurredAt, recordedAt, sequence, ...(correlationId === undefined ? {} : { correlationId }),
          });
          const decoded = decodeRecord(letterTopic, arrived(encodeRecord(envelope, { pages }, letterReceived)));
          expect(decoded).toEqual({ ok: true, value: { type: letterReceived.type, envelope, data: { pages } } });
        },
      ),
      { seed: 766, numRuns: 300 },
    );
  });

  test('damaged bytes are refused or read, never thrown', () => {
    const header = fc.constantFrom(...Object.values(HEADER));
    fc.assert(
      fc.property(header, fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }), (name, bytes, value) => {
        const damaged = [{ ...good, headers: { ...good.headers, [name]: bytes } }, { ...good, value }, { ...good, key: bytes }];
        for (const record of damaged) expect(typeof decodeRecord(letterTopic, record).ok).toBe('boolean');
      }),
      { seed: 766, numRuns: 300 },
    );
  });
});

describe('tombstones', () => {
  test('erase a key of a compacted topic, and of no other', () => {
    const tombstone = { key: Buffer.from('a'), value: null };
    expect(isTombstone({ ...letterTopic, retention: 'compacted' }, tombstone)).toBe(true);
    expect(isTombstone({ ...letterTopic, retention: 'compacted' }, { ...tombstone, key: null })).toBe(false);
    expect(isTombstone({ ...letterTopic, retention: 'compacted' }, good)).toBe(false);
    expect(isTombstone(letterTopic, tombstone)).toBe(false);
  });
});
