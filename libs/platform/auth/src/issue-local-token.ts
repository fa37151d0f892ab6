import { SignJWT, importPKCS8 } from 'jose';
import { LOCAL_ALGORITHM } from './jwt-verifier';
import type { Role } from './principal';

/** Issuer and audience of tokens for local use; the services started locally expect these. */
export const LOCAL_ISSUER = 'index766-local';
export const LOCAL_AUDIENCE = 'index766';

export interface LocalTokenRequest {
  readonly roles: readonly Role[];
  readonly units: readonly string[];
  /** As jose takes it: `12h`, `30m`, `7d`. */
  readonly lifetime: string;
  readonly subject?: string;
  readonly issuer?: string;
  readonly audience?: string;
}

/** A JWT signed with the development key (PKCS #8 PEM), for a service that runs with AUTH_MODE=local. */
export async function issueLocalToken(privateKeyPem: string, request: LocalTokenRequest): Promise<string> {
  const key = await importPKCS8(privateKeyPem, LOCAL_ALGORITHM);
  return new SignJWT({ roles: request.roles, units: request.units })
    .setProtectedHeader({ alg: LOCAL_ALGORITHM, typ: 'JWT' })
    .setSubject(request.subject ?? `local-${request.roles.join('-')}`)
    .setIssuer(request.issuer ?? LOCAL_ISSUER)
    .setAudience(request.audience ?? LOCAL_AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(request.lifetime)
    .sign(key);
}
