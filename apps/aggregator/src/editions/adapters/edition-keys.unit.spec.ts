import { generateKeyPairSync, verify, createPublicKey } from 'node:crypto';
import { parseInstant, type Instant } from '@index766/kernel';

import { editionSeal, parseEarlierKeys } from './edition-keys';

const pair = () => generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
const at = (day: string) => parseInstant(`${day}T00:00:00Z`) as Instant;
const [first, second, third] = [pair(), pair(), pair()] as const;
const entry = (publicKey: string, validFrom: string, validTo: string) => ({ publicKey, validFrom: `${validFrom}T00:00:00Z`, validTo: `${validTo}T00:00:00Z` });
const before = [entry(first.publicKey, '2026-01-05', '2026-06-01'), entry(second.publicKey, '2026-06-01', '2026-11-02')];

describe('the keys of editions', () => {
  it('are published all of them, each with when it signed, so that what an earlier one signed stays to be checked', () => {
    const signed = editionSeal(first.privateKey);
    const sha256 = signed.hashOf('what was published in spring');
    const signature = signed.key?.sign(sha256) ?? '';

    const { publishedKeys, key } = editionSeal(third.privateKey, parseEarlierKeys(JSON.stringify(before)));
    expect(publishedKeys.map(({ validFrom, validTo }) => [validFrom, validTo])).toEqual([
      [at('2026-01-05'), at('2026-06-01')], [at('2026-06-01'), at('2026-11-02')], [at('2026-11-02'), null],
    ]);
    expect(publishedKeys.at(-1)?.keyId).toBe(key?.keyId);
    const its = publishedKeys.find(({ keyId }) => keyId === signed.key?.keyId);
    expect(verify(null, Buffer.from(sha256, 'hex'), createPublicKey(its?.publicKeyPem ?? ''), Buffer.from(signature, 'base64'))).toBe(true);
  });

  it('are the present one alone where there was none before, and those before it where nothing is published any more', () => {
    expect(editionSeal(first.privateKey).publishedKeys).toMatchObject([{ validFrom: null, validTo: null }]);
    expect(editionSeal(undefined, parseEarlierKeys(JSON.stringify(before)))).toMatchObject({ key: null, publishedKeys: [{}, {}] });
  });

  it('sign as Ed25519 keys alone', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
    expect(() => editionSeal(privateKey)).toThrow('EDITION_SIGNING_KEY_FILE');
  });
});

describe('a list of earlier keys is refused', () => {
  const [one, other] = before;
  it.each([
    ['no JSON', 'keys'],
    ['no list', '{}'],
    ['an entry that is none', '[null]'],
    ['a text that is no key', JSON.stringify([{ ...one, publicKey: 'a key' }])],
    ['a private key', JSON.stringify([{ ...one, publicKey: first.privateKey }])],
    ['no instant', JSON.stringify([{ ...one, validTo: '2026-06-01' }])],
    ['an end before the beginning', JSON.stringify([{ ...one, validTo: '2026-01-04T00:00:00Z' }])],
    ['a key twice', JSON.stringify([one, { ...other, publicKey: first.publicKey }])],
    ['spans that overlap', JSON.stringify([one, { ...other, validFrom: '2026-05-31T00:00:00Z' }])],
    ['another order', JSON.stringify([other, one])],
  ])('with %s', (_, text) => {
    expect(parseEarlierKeys(text)).toBeUndefined();
  });
});
