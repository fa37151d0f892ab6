import { parseInstant, type Instant } from '@index766/kernel';
import { checkSignature, signEvent } from './event-signature';
import { parseProviders } from './payment-providers';

const NOW = parseInstant('2026-10-06T03:00:00.000Z') as Instant;
const SECONDS = String(NOW / 1_000);
const OLD = 'the old key of the provider, 32 characters';
const NEW = 'the new key of the provider, 32 characters';
const BODY = Buffer.from('{"event":"E-1"}');

const check = (changes: { readonly signature?: string; readonly timestamp?: string; readonly body?: Buffer; readonly keys?: readonly string[]; readonly now?: number } = {}) => {
  const { timestamp = SECONDS, body = BODY, keys = [OLD, NEW] } = changes;
  const checked = checkSignature(
    { timestamp, signature: changes.signature ?? signEvent(NEW, timestamp, BODY), body }, { keys, now: (changes.now ?? NOW) as Instant, toleranceMs: 300_000 },
  );
  return checked.ok ? 'ok' : checked.error.code;
};

describe('a signature', () => {
  it('is HMAC-SHA-256 of timestamp, a dot and the body, in hex', () => {
    expect(signEvent('key', '1', Buffer.from('{}'))).toBe('sha256=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224');
  });

  it.each<[string, Parameters<typeof check>[0], string]>([
    ['of the one key', {}, 'ok'],
    ['of the other key', { signature: signEvent(OLD, SECONDS, BODY) }, 'ok'],
    ['among several', { signature: `sha256=${'0'.repeat(64)},${signEvent(OLD, SECONDS, BODY)}` }, 'ok'],
    ['of a key that was taken away', { signature: signEvent(OLD, SECONDS, BODY), keys: [NEW] }, 'PROVIDER.SIGNATURE_INVALID'],
    ['of another body', { body: Buffer.from('{"event":"E-1"} ') }, 'PROVIDER.SIGNATURE_INVALID'],
    ['of another instant', { signature: signEvent(NEW, String(Number(SECONDS) - 1), BODY) }, 'PROVIDER.SIGNATURE_INVALID'],
    ['that is cut off', { signature: signEvent(NEW, SECONDS, BODY).slice(0, -1) }, 'PROVIDER.SIGNATURE_INVALID'],
    ['in another form', { signature: signEvent(NEW, SECONDS, BODY).slice('sha256='.length) }, 'PROVIDER.SIGNATURE_INVALID'],
    ['without any key', { keys: [] }, 'PROVIDER.SIGNATURE_INVALID'],
    ['of a timestamp that is no number', { timestamp: '2026-10-06', signature: signEvent(NEW, '2026-10-06', BODY) }, 'PROVIDER.SIGNATURE_INVALID'],
    ['at the end of the window', { now: NOW + 300_000 }, 'ok'],
    ['after the window', { now: NOW + 300_001 }, 'PROVIDER.TIMESTAMP_OUT_OF_WINDOW'],
    ['ahead of the window', { now: NOW - 300_001 }, 'PROVIDER.TIMESTAMP_OUT_OF_WINDOW'],
    ['that is wrong is not told that it is old too', { signature: signEvent('x', SECONDS, BODY), now: NOW + 300_001 }, 'PROVIDER.SIGNATURE_INVALID'],
  ])('%s', (_case, changes, outcome) => expect(check(changes)).toBe(outcome));
});

describe('the list of providers', () => {
  const bank = { name: 'bank-a', channel: 'national-portal', keys: [OLD] };

  it('may be empty, and have several keys of one provider', () => {
    expect([parseProviders('[]'), parseProviders(JSON.stringify([{ ...bank, keys: [OLD, NEW] }]))?.[0]?.keys]).toEqual([[], [OLD, NEW]]);
  });

  it.each<[string, unknown]>([
    ['no list', {}], ['no name', [{ ...bank, name: undefined }]], ['a name in upper case', [{ ...bank, name: 'Bank' }]], ['one name twice', [bank, bank]],
    ['a reserved name', [{ ...bank, name: 'cash-desk' }]], ['a reserved name', [{ ...bank, name: 'national-sync' }]], ['cash as the channel', [{ ...bank, channel: 'cash' }]],
    ['no key', [{ ...bank, keys: [] }]], ['a short key', [{ ...bank, keys: ['short'] }]], ['six keys', [{ ...bank, keys: Array.from({ length: 6 }, () => OLD) }]],
  ])('is refused with %s', (_case, list) => expect(parseProviders(JSON.stringify(list))).toBeUndefined());

  it('is refused when it is no JSON', () => expect(parseProviders('[')).toBeUndefined());
});
