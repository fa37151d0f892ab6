import { readFileSync } from 'node:fs';
import { ALL_UNITS, issueLocalToken, type Role } from '@index766/platform-auth';
import type { SystemAccess } from './system-access';

/** Subject of the operator's own tokens: a dossier belongs to the source that registered it. */
const SAMPLE_SOURCE = 'index766-sample';

/** A token for all units, of the source that `load` is. */
export function tokenFor({ secrets }: Pick<SystemAccess, 'secrets'>, ...roles: readonly Role[]): Promise<string> {
  return issueLocalToken(readFileSync(secrets.signingKey, 'utf8'), { roles, units: [ALL_UNITS], lifetime: '1h', subject: SAMPLE_SOURCE });
}
