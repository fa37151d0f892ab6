/** Port: hashes of texts, and signatures by the key of this installation. */
export interface EditionSeal {
  /** SHA-256 of the text in UTF-8, as hexadecimal digits. */
  readonly hashOf: (text: string) => string;
  /** Null: there is no key, and nothing can be published. */
  readonly key: { readonly keyId: string; readonly publicKeyPem: string; sign(sha256: string): string } | null;
}
