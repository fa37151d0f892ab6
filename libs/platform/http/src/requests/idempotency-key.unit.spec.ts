import { parseIdempotencyKey, requestHash } from './idempotency-key';

test.each([
  ['0b7ad6b7-1692-0333', '0b7ad6b7-1692-0333'],
  [' abc ', 'abc'],
  ['"quoted"', 'quoted'],
])('%p is the key %s', (header, key) => {
  expect(parseIdempotencyKey(header)).toEqual({ ok: true, value: key });
});

test.each([
  [undefined, 'REQUEST.MISSING_IDEMPOTENCY_KEY'],
  ['  ', 'REQUEST.MISSING_IDEMPOTENCY_KEY'],
  ['""', 'REQUEST.INVALID'],
  ['two words', 'REQUEST.INVALID'],
  ['khoá', 'REQUEST.INVALID'],
  ['x'.repeat(129), 'REQUEST.INVALID'],
])('%p is none', (header, code) => {
  expect(parseIdempotencyKey(header)).toMatchObject({ ok: false, error: { code } });
});

test('the hash of a request does not depend on the order of fields, but on everything else', () => {
  const hash = requestHash('extend', { to: '2026-10-05', by: { a: 1, b: [1, 2] } });
  expect(requestHash('extend', { by: { b: [1, 2], a: 1 }, to: '2026-10-05' })).toBe(hash);
  expect(requestHash('extend', { by: { b: [2, 1], a: 1 }, to: '2026-10-05' })).not.toBe(hash);
  expect(requestHash('finish', { by: { b: [1, 2], a: 1 }, to: '2026-10-05' })).not.toBe(hash);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
});
