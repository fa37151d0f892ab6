import { createHash, randomBytes } from 'node:crypto';
import { isRole, type Principal } from './principal';

const TOKEN_BYTES = 32;
const SHA256_HEX = /^[0-9a-f]{64}$/;
/** Officers' own dossiers have it as their source. */
const NAME_OF_DESKS = 'desk';
const SOURCE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._:@/-]{0,127}$/u;

/** What a source may be called, in words. */
export const SOURCE_NAME_FORM = 'letters, digits and . _ : @ / -, the first a letter or digit, at most 128; not desk';

/** Names of the static tokens' owners by the hash of their token. The tokens themselves are stored nowhere. */
export type SourceTokens = ReadonlyMap<string, Principal>;

/** Whether a text can stand on public topics as the name of a source: the name of a system, no sentence, no person's full name. */
export function isSourceName(text: string): boolean {
  return SOURCE_NAME.test(text) && text !== NAME_OF_DESKS;
}

/** Hash under which a static token is stored: SHA-256 is enough for a token of 256 random bits. */
export function hashSourceToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** A new static token; only `sha256` goes into the file. */
export function createSourceToken(): { readonly token: string; readonly sha256: string } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, sha256: hashSourceToken(token) };
}

/**
 * Reads the file of static tokens: `[{ "name": "…", "sha256": "<hex>", "roles": ["source"], "units": ["H44"] }]`. Throws
 * with the place of the first entry that is wrong; a token with an unclear scope must not be accepted.
 */
export function parseSourceTokens(text: string): SourceTokens {
  const entries = parseList(text);
  const tokens = new Map<string, Principal>();
  entries.forEach((entry, index) => {
    const place = `entry ${index + 1} of the source tokens`;
    const { name, sha256, roles, units } = entry as Record<string, unknown>;
    if (typeof name !== 'string' || name === '') throw new Error(`${place} has no name`);
    if (!isSourceName(name)) throw new Error(`${place} has a name that no source can have (${SOURCE_NAME_FORM})`);
    if (typeof sha256 !== 'string' || !SHA256_HEX.test(sha256)) throw new Error(`${place} has no sha256 (64 hex digits)`);
    if (tokens.has(sha256)) throw new Error(`${place} repeats the sha256 of an earlier one`);
    if (!Array.isArray(roles) || roles.length === 0 || !roles.every(isRole)) throw new Error(`${place} has no known roles`);
    if (!Array.isArray(units) || units.length === 0 || !units.every(isText)) throw new Error(`${place} has no units`);
    tokens.set(sha256, { subject: name, roles, units });
  });
  return tokens;
}

function parseList(text: string): readonly object[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    // The parser's message would repeat a part of the file.
    throw new Error('the source tokens are no JSON text');
  }
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'object' && entry !== null)) {
    throw new Error('the source tokens are no list of entries');
  }
  return list as readonly object[];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
