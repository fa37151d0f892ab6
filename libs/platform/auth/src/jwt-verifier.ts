import { ok, refused, type Result } from '@index766/kernel';
import {
  createRemoteJWKSet, errors, importSPKI, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type JWTVerifyOptions,
} from 'jose';
import { isRole, type Principal } from './principal';
import type { TokenVerifier } from './token-verifier';

/** Algorithm of the local development key. */
export const LOCAL_ALGORITHM = 'EdDSA';
/** Asymmetric ones only: a shared secret would let every service issue tokens. */
const JWKS_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const CLOCK_TOLERANCE_SECONDS = 5;
const JWKS_TIMEOUT_MS = 3_000;

export interface JwtExpectations {
  readonly issuer: string;
  readonly audience: string;
}

/** Accepts tokens signed with the private half of one Ed25519 key. Throws if the text is no SPKI PEM of such a key. */
export async function localKeyVerifier(publicKeyPem: string, expected: JwtExpectations): Promise<TokenVerifier> {
  const key = await importSPKI(publicKeyPem, LOCAL_ALGORITHM);
  return jwtVerifier(() => Promise.resolve(key), { ...expected, algorithms: [LOCAL_ALGORITHM] });
}

/** Accepts tokens signed with a key that the identity provider publishes now; keys are fetched and cached on demand. */
export function jwksVerifier(url: string, expected: JwtExpectations): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(url), { timeoutDuration: JWKS_TIMEOUT_MS });
  const findKey: JWTVerifyGetKey = async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      throw isAboutTheToken(error) ? error : new KeysUnavailable(error);
    }
  };
  return jwtVerifier(findKey, { ...expected, algorithms: JWKS_ALGORITHMS });
}

/** The provider did not answer, or not with keys: the token may be right all the same. */
class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('the keys of the identity provider cannot be read', { cause });
  }
}

function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function jwtVerifier(key: JWTVerifyGetKey, options: JWTVerifyOptions): TokenVerifier {
  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          ...options,
          requiredClaims: ['sub', 'exp', 'iat'],
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
        });
        return principalOf(payload);
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

function principalOf({ sub, roles, units }: JWTPayload): Result<Principal> {
  if (sub === undefined || sub === '') return invalidToken('names no subject');
  if (!isTextList(roles) || !isTextList(units)) return invalidToken('has no lists `roles` and `units`');
  // Roles that this version does not know give no right.
  return ok({ subject: sub, roles: roles.filter(isRole), units });
}

function refusalOf(error: unknown): Result<never> {
  if (error instanceof errors.JWTExpired) {
    return refused('AUTH.EXPIRED_TOKEN', 'the token has expired; get a new one');
  }
  if (error instanceof errors.JWTClaimValidationFailed) return invalidToken(`has a wrong or missing claim ${error.claim}`);
  if (error instanceof KeysUnavailable) {
    return refused('AUTH.KEYS_UNAVAILABLE', 'the keys of the identity provider cannot be read now; try again');
  }
  if (error instanceof errors.JOSEError) return invalidToken('cannot be verified');
  throw error;
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function invalidToken(reason: string): Result<never> {
  return refused('AUTH.INVALID_TOKEN', `the token ${reason}`);
}
