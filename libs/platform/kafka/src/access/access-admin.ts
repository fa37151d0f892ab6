import { setTimeout as delay } from 'node:timers/promises';
import { ok, refused, type Result } from '@index766/kernel';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes, type AclEntry, type Admin } from 'kafkajs';
import type { KafkaClient } from '../client/kafka-client';
import { callAdmin } from '../topics/admin-call';
import { aclOf, aclText, differencesOf, principalOf, type AccessRule } from './access-rule';

const KNOWN_CHECK_MS = 50;
const MOST_NAMED = 20;

/**
 * The rules of the broker's authorizer. A plan is the whole truth about the accounts that it names: what they have beyond it
 * is taken from them. Accounts that it does not name are left alone.
 */
export class AccessAdmin {
  constructor(private readonly client: KafkaClient) {}

  /** Makes the broker's rules those of the plan; answers how many it added and took away. */
  apply(plan: readonly AccessRule[]): Promise<{ readonly added: number; readonly removed: number }> {
    return callAdmin(this.client, 'writing access rules', async (admin) => {
      const { missing, foreign } = differencesOf(plan.map(aclOf), await aclsOf(admin, plan));
      // First what is missing: nobody loses for a moment what the plan lets him keep.
      if (missing.length > 0) await admin.createAcls({ acl: missing });
      if (foreign.length > 0) await admin.deleteAcls({ filters: foreign });
      await untilKnown(admin, plan);
      return { added: missing.length, removed: foreign.length };
    });
  }

  /** Refusal `ACCESS.DIFFERS` that names the first rules which are missing or which nobody planned. */
  async verify(plan: readonly AccessRule[]): Promise<Result<void>> {
    const existing = await callAdmin(this.client, 'reading access rules', (admin) => aclsOf(admin, plan));
    const { missing, foreign } = differencesOf(plan.map(aclOf), existing);
    if (missing.length === 0 && foreign.length === 0) return ok(undefined);
    const words = [...missing.map((acl) => `missing: ${aclText(acl)}`), ...foreign.map((acl) => `not planned: ${aclText(acl)}`)];
    const more = words.length > MOST_NAMED ? `; and ${words.length - MOST_NAMED} more` : '';
    return refused('ACCESS.DIFFERS', `the access rules of the broker are not those of the plan: ${words.slice(0, MOST_NAMED).join('; ')}${more}`, 'access');
  }
}

/** The quorum takes rules before the broker that is asked for them has heard of it. */
async function untilKnown(admin: Admin, plan: readonly AccessRule[]): Promise<void> {
  for (;;) {
    const { missing, foreign } = differencesOf(plan.map(aclOf), await aclsOf(admin, plan));
    if (missing.length === 0 && foreign.length === 0) return;
    await delay(KNOWN_CHECK_MS);
  }
}

/** What the broker has for the accounts of a plan. */
async function aclsOf(admin: Admin, plan: readonly AccessRule[]): Promise<readonly AclEntry[]> {
  const principals = new Set(plan.map(({ account }) => principalOf(account)));
  const { resources } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY, resourcePatternType: ResourcePatternTypes.ANY, operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  });
  return resources
    .flatMap(({ acls, resourceType, resourceName, resourcePatternType }) => acls.map((acl) => ({ ...acl, resourceType, resourceName, resourcePatternType })))
    .filter(({ principal }) => principals.has(principal));
}
