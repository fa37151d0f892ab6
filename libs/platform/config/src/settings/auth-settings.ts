import type { ConfigProblem } from '../config-error';
import { CrossCheck } from '../cross-check';
import type { Secret } from '../secret';
import { ChoiceVariable, SecretFileVariable, TextVariable, UrlVariable } from '../variables';

export type AuthMode = 'local' | 'jwks';

/**
 * Whom a service believes: tokens signed with the development key of the start script (`local`), or with the keys that
 * an identity provider publishes (`jwks`). Never both: a forgotten development key must not open a real installation.
 */
@CrossCheck(authModeProblems)
export class AuthSettings {
  @ChoiceVariable('AUTH_MODE', ['local', 'jwks'])
  readonly mode!: AuthMode;

  @SecretFileVariable('AUTH_LOCAL_KEY_FILE', { optional: true })
  readonly localKey?: Secret;

  @UrlVariable('AUTH_JWKS_URL', { optional: true })
  readonly jwksUrl?: string;

  @TextVariable('AUTH_ISSUER')
  readonly issuer!: string;

  @TextVariable('AUTH_AUDIENCE')
  readonly audience!: string;

  /** Static tokens of source systems that cannot fetch one. */
  @SecretFileVariable('AUTH_SOURCE_TOKENS_FILE', { optional: true })
  readonly sourceTokens?: Secret;
}

function authModeProblems({ mode, localKey, jwksUrl }: AuthSettings): readonly ConfigProblem[] {
  if (mode === 'local') {
    return [
      ...(localKey === undefined ? [{ variable: 'AUTH_LOCAL_KEY_FILE', problem: 'is not set, but AUTH_MODE is local' }] : []),
      ...(jwksUrl === undefined ? [] : [{ variable: 'AUTH_JWKS_URL', problem: 'must not be set while AUTH_MODE is local' }]),
    ];
  }
  return [
    ...(jwksUrl === undefined ? [{ variable: 'AUTH_JWKS_URL', problem: 'is not set, but AUTH_MODE is jwks' }] : []),
    ...(localKey === undefined ? [] : [{ variable: 'AUTH_LOCAL_KEY_FILE', problem: 'must not be set while AUTH_MODE is jwks' }]),
  ];
}
