import type { SystemAccess } from './system-access';
import { tokenFor } from './tokens';

/** A province of which the sample has nothing: what is told of it changes no figure that other specs look at. */
export const OTHER_PROVINCE = 'H99';
export const OTHER_UNITS = ['H99.1', 'H99.2'] as const;

/** Records it in the catalog, if stated as one that reports; again it records nothing. */
export async function recordOtherProvince(access: SystemAccess, stated: { readonly reportingSince?: string } = {}): Promise<void> {
  await recordUnit(access, OTHER_PROVINCE, 'PROVINCE', null, stated);
  for (const unit of OTHER_UNITS) await recordUnit(access, unit, 'COMMUNE', OTHER_PROVINCE);
}

async function recordUnit(access: SystemAccess, code: string, level: string, parent: string | null, stated: object = {}): Promise<void> {
  const answer = await fetch(`${access.urls.catalog}/v1/units/${code}`, {
    method: 'PUT', headers: { authorization: `Bearer ${await tokenFor(access, 'administrator')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: code, level, parent, validFrom: '2020-01-01', ...stated }),
  });
  if (answer.status !== 200) throw new Error(`${code} was answered ${answer.status}: ${await answer.text()}`);
}
