import { CloudEvent, Kafka, ValidationError, type KafkaMessage } from 'cloudevents';
import { decodeRecord, encodeRecord, type EncodedRecord } from './record';
import { aLetter, letterEnvelope, letterReceived, letterTopic } from './test/letter-topic';
import { encodeWatermark } from './watermark';

/** The reference implementation reads and writes the same mode. */
function readByReference({ key, headers, value }: EncodedRecord): CloudEvent<unknown> {
  const text = value.toString();
  const message: KafkaMessage<string> = { key, headers, value: text, body: text };
  const event = Kafka.toEvent(message);
  if (Array.isArray(event)) throw new Error('a batch where one event is meant');
  return new CloudEvent<unknown>(event, false);
}

test('the reference implementation reads our record as a valid CloudEvent 1.0', () => {
  const event = readByReference(encodeRecord(letterEnvelope({ correlationId: 'c-1' }), aLetter, letterReceived));
  expect(event.validate()).toBe(true);
  expect(event).toMatchObject({
    specversion: '1.0',
    id: 'offices.public.letter.v1/G09.20-20260609-0092637/1',
    source: '/index766/offices',
    type: 'offices.letter-received.v1',
    subject: 'G09.20-20260609-0092637',
    time: '2026-10-05T01:30:00.000Z',
    dataschema: 'urn:index766:offices.letter-received.v1',
    datacontenttype: 'application/json',
    partitionkey: 'G09.20-20260609-0092637',
    recordedtime: '2026-10-05T01:31:00.000Z',
    correlationid: 'c-1',
    data: aLetter,
  });
});

test('and our watermark', () => {
  const event = readByReference(encodeWatermark('dossiers', letterEnvelope().occurredAt));
  expect(event.validate()).toBe(true);
  expect(event.type).toBe('platform.watermark.v1');
});

test('we read what the reference implementation writes', () => {
  const { id, source, type, subject } = letterEnvelope();
  const event = new CloudEvent({
    id, source, type, subject, data: aLetter,
    time: '2026-10-05T01:30:00.000Z', datacontenttype: 'application/json', partitionkey: subject,
    sequence: '1', recordedtime: '2026-10-05T01:31:00.000Z',
  });
  const { headers, body } = Kafka.binary(event);
  const decoded = decodeRecord(letterTopic, {
    key: subject,
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, String(text)])),
    value: Buffer.from(JSON.stringify(body)),
  });
  expect(decoded).toEqual({ ok: true, value: { type, envelope: letterEnvelope(), data: aLetter } });
});

test('the reference implementation objects to a record without a source, so its approval means something', () => {
  const record = encodeRecord(letterEnvelope(), aLetter, letterReceived);
  expect(() => readByReference({ ...record, headers: { ...record.headers, ce_source: '' } }).validate()).toThrow(ValidationError);
});
