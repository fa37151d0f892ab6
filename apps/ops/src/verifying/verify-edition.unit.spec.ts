import { generateKeyPairSync, sign } from 'node:crypto';

import { manifestProblems, sha256Of } from './verify-edition';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const CANONICAL = '{"edition":1,"province":"H44"}';

function signed(canonical: string) {
  const sha256 = sha256Of(canonical);
  return { canonical, sha256, signature: sign(null, Buffer.from(sha256, 'hex'), privateKey).toString('base64') };
}

describe('the manifest of an edition', () => {
  it('is right with its own hash and signature', () => {
    expect(manifestProblems(signed(CANONICAL), PEM)).toEqual([]);
  });

  it('is wrong when a letter of it is another one', () => {
    expect(manifestProblems({ ...signed(CANONICAL), canonical: CANONICAL.replace('1', '2') }, PEM)).toHaveLength(2);
  });

  it('is wrong when hash and text were both exchanged', () => {
    const other = CANONICAL.replace('1', '2');
    expect(manifestProblems({ ...signed(CANONICAL), canonical: other, sha256: sha256Of(other) }, PEM)).toEqual(['the signature is not by the key over the hash of the manifest']);
  });

  it('is wrong by the key of somebody else', () => {
    const foreign = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(manifestProblems(signed(CANONICAL), foreign)).toHaveLength(1);
  });
});
