import type { Instant } from '@index766/kernel';

/** With what anyone checks signatures. */
export interface PublishedKey {
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** It signs from then on; null: there was none before it. */
  readonly validFrom: Instant | null;
  /** Another one signs from then on; null: it signs now. */
  readonly validTo: Instant | null;
}

/** Port: hashes of texts, and signatures by the key of this installation. */
export interface EditionSeal {
  /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
  readonly hashOf: (text: string) => string;
  /** Null: there is no key, and nothing can be published. */
  readonly key: { readonly keyId: string; readonly publicKeyPem: string; sign(sha256: string): string } | null;
  /** Every key that signed here, the present one last. */
  readonly publishedKeys: readonly PublishedKey[];
}
