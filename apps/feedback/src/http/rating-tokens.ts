import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { DossierId, PetitionId } from '@index766/kernel';

const TOKEN_BYTES = 16;

/** Of either kind: a letter that says what it is for, and 128 bits. */
export const TOKEN_FORM = /^[dp][A-Za-z0-9_-]{22}$/;

/**
 * Tokens with which citizens speak. They are made of what they are for by a key, so that a repeated command is answered
 * with the same one though it is kept nowhere: the database has its hash alone (ADR 0132).
 */
export class RatingTokens {
  constructor(private readonly key: KeyObject) {}

  ofDossier(dossier: DossierId, rating: string): string {
    return this.make('d', dossier, rating);
  }

  ofAnswer(petition: PetitionId, number: string): string {
    return this.make('p', petition, number);
  }

  private make(kind: 'd' | 'p', id: string, number: string): string {
    const code = createHmac('sha256', this.key).update(JSON.stringify([kind, id, number])).digest().subarray(0, TOKEN_BYTES);
    return `${kind}${code.toString('base64url')}`;
  }
}

/** What is kept of a token: it has 128 bits, so nobody finds it by trying. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
