import { issueLocalToken, type Role } from '@index766/platform-auth';
import type { SigningConfig } from '../ops.config';

const LIFETIME = '12h';

/** Every token of this program has one subject: a dossier belongs to the source that registered it. */
export const OPERATOR_SUBJECT = 'index766-sample';

/** A token of the development key for all units, for what this program does itself. */
export function operatorToken({ signingKey, issuer, audience }: SigningConfig, roles: readonly Role[]): Promise<string> {
  return issueLocalToken(signingKey.reveal(), { roles, units: ['*'], lifetime: LIFETIME, subject: OPERATOR_SUBJECT, issuer, audience });
}
