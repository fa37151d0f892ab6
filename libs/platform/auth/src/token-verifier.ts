import type { Result } from '@index766/kernel';
import type { Principal } from './principal';

/**
 * Turns a bearer token into a principal. Refusals: `AUTH.INVALID_TOKEN`, `AUTH.EXPIRED_TOKEN`,
 * `AUTH.KEYS_UNAVAILABLE` (the caller may be right; ask again later).
 */
export interface TokenVerifier {
  verify(token: string): Promise<Result<Principal>>;
}
