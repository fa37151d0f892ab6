import { createHash, createPublicKey, verify } from 'node:crypto';

/** What anybody has of an edition: the signed text and how it was signed. */
export interface SignedText {
  readonly canonical: string;
  readonly sha256: string;
  /** Base64. */
  readonly signature: string;
}

/** SHA-256 of a text in UTF-8, as hexadecimal digits. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** What is wrong with the text of a manifest, its hash and its signature; empty: nothing. */
export function manifestProblems({ canonical, sha256, signature }: SignedText, publicKeyPem: string): readonly string[] {
  const hash = sha256Of(canonical);
  const isSigned = verify(null, Buffer.from(hash, 'hex'), createPublicKey(publicKeyPem), Buffer.from(signature, 'base64'));
  return [
    ...(hash === sha256 ? [] : ['the manifest has another hash than it is said to have']),
    ...(isSigned ? [] : ['the signature is not by the key over the hash of the manifest']),
  ];
}
