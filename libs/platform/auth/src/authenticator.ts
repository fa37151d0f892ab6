import { ok, refused, type Result } from '@index766/kernel';
import { jwksVerifier, localKeyVerifier } from './jwt-verifier';
import type { Principal } from './principal';
import { hashSourceToken, parseSourceTokens, type SourceTokens } from './source-tokens';
import type { TokenVerifier } from './token-verifier';

interface Revealable {
  reveal(): string;
}

/** Settings of authentication; `AuthSettings` of platform-config fits. */
export interface AuthConfig {
  readonly mode: 'local' | 'jwks';
  /** Public half of the development key (SPKI PEM); with mode `local` only. */
  readonly localKey?: Revealable | undefined;
  /** Where the identity provider publishes its keys; with mode `jwks` only. */
  readonly jwksUrl?: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  /** Content of the file of static source tokens. */
  readonly sourceTokens?: Revealable | undefined;
}

/** The part of a request that says who asks. */
export interface AskingRequest {
  readonly headers: { readonly authorization?: string | undefined };
}

/** Finds out who asks, from an `Authorization` header. */
export class Authenticator {
  private readonly asked = new WeakMap<object, Promise<Result<Principal | undefined>>>();

  constructor(
    private readonly jwts: TokenVerifier,
    private readonly sourceTokens: SourceTokens = new Map(),
  ) {}

  /** Undefined for a request without a bearer token; a refusal (`AUTH.*`) for one with a token that is not accepted. */
  async authenticate(authorization: string | undefined): Promise<Result<Principal | undefined>> {
    const token = bearerTokenOf(authorization);
    if (token === undefined) return ok(undefined);
    if (token === '') return refused('AUTH.INVALID_TOKEN', 'the token is empty');
    const source = this.sourceTokens.get(hashSourceToken(token));
    return source ? ok(source) : this.jwts.verify(token);
  }

  /** `authenticate` for a request: its token is verified once, however many steps on its way ask. */
  callerOf(request: AskingRequest): Promise<Result<Principal | undefined>> {
    const known = this.asked.get(request);
    if (known !== undefined) return known;
    const caller = this.authenticate(request.headers.authorization);
    this.asked.set(request, caller);
    return caller;
  }
}

/**
 * Builds the authenticator of a service. Throws if the settings are contradictory: a service with the keys of a real
 * identity provider must not accept a development key beside them, whatever its mode says.
 */
export async function createAuthenticator(config: AuthConfig): Promise<Authenticator> {
  const sourceTokens = config.sourceTokens ? parseSourceTokens(config.sourceTokens.reveal()) : undefined;
  return new Authenticator(await verifierOf(config), sourceTokens);
}

async function verifierOf(config: AuthConfig): Promise<TokenVerifier> {
  if (config.mode === 'local') {
    if (config.jwksUrl !== undefined) throw new Error('AUTH_MODE=local does not go together with AUTH_JWKS_URL');
    if (!config.localKey) throw new Error('AUTH_MODE=local needs AUTH_LOCAL_KEY_FILE');
    return localKeyVerifier(config.localKey.reveal(), config);
  }
  if (config.localKey) throw new Error('AUTH_LOCAL_KEY_FILE goes together with AUTH_MODE=local only');
  if (config.jwksUrl === undefined) throw new Error('AUTH_MODE=jwks needs AUTH_JWKS_URL');
  return jwksVerifier(config.jwksUrl, config);
}

/** The token of a bearer authorization (maybe empty); undefined for any other authorization or none. */
function bearerTokenOf(authorization: string | undefined): string | undefined {
  const bearer = /^bearer(?:\s+(.*))?$/i.exec(authorization?.trim() ?? '');
  return bearer ? (bearer[1] ?? '') : undefined;
}
