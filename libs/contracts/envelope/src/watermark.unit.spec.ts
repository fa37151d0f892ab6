import { HEADER } from './headers';
import { encodeRecord } from './record';
import { OCTOBER, aLetter, letterEnvelope, letterReceived } from './test/letter-topic';
import { WATERMARK_KEY, decodeWatermark, encodeWatermark, isWatermark } from './watermark';

const watermark = encodeWatermark('dossiers', OCTOBER);

test('a watermark is read back', () => {
  expect(watermark.key).toBe(WATERMARK_KEY);
  expect(isWatermark(watermark)).toBe(true);
  expect(decodeWatermark(watermark)).toEqual({ ok: true, value: { producer: 'dossiers', recordedBefore: OCTOBER } });
});

test('a fact is no watermark', () => {
  expect(isWatermark(encodeRecord(letterEnvelope(), aLetter, letterReceived))).toBe(false);
});

test('says the same in a value of the contract', () => {
  expect(JSON.parse(watermark.value.toString())).toEqual({ recordedBefore: '2026-10-05T01:30:00.000Z' });
});

test.each([
  ['no source', { ...watermark, headers: { ...watermark.headers, [HEADER.source]: '' } }, 'ENVELOPE.INVALID_HEADER'],
  ['no value', { ...watermark, value: null }, 'CONTRACT.INVALID_DATA'],
  ['no JSON', { ...watermark, value: Buffer.from('{') }, 'CONTRACT.INVALID_DATA'],
  ['no instant', { ...watermark, value: Buffer.from('{"recordedBefore":"soon"}') }, 'CONTRACT.INVALID_DATA'],
  ['a number', { ...watermark, value: Buffer.from('{"recordedBefore":7}') }, 'CONTRACT.INVALID_DATA'],
  ['null', { ...watermark, value: Buffer.from('null') }, 'CONTRACT.INVALID_DATA'],
])('refuses a watermark with %s', (_name, record, code) => {
  expect(decodeWatermark(record)).toMatchObject({ ok: false, error: { code } });
});
