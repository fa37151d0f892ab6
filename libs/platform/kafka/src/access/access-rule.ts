import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes, type AclEntry } from 'kafkajs';

/** What an account may do with a topic or with a consumer group; whatever no rule allows is refused. */
export interface AccessRule {
  readonly account: string;
  readonly resource: 'topic' | 'group';
  /** The name of the resource, or (`prefixed`) what the names of all that are meant begin with. */
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  /** `read` of a group: be a member of it and commit. Looking at a resource follows from each. */
  readonly operation: 'read' | 'write' | 'delete';
}

const RESOURCES = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;
const PATTERNS = { literal: ResourcePatternTypes.LITERAL, prefixed: ResourcePatternTypes.PREFIXED } as const;
const OPERATIONS = { read: AclOperationTypes.READ, write: AclOperationTypes.WRITE, delete: AclOperationTypes.DELETE } as const;
const ANY_HOST = '*';

export function principalOf(account: string): string {
  return `User:${account}`;
}

/** The rule as the broker keeps it. */
export function aclOf({ account, resource, name, pattern, operation }: AccessRule): AclEntry {
  return {
    resourceType: RESOURCES[resource], resourceName: name, resourcePatternType: PATTERNS[pattern], principal: principalOf(account),
    host: ANY_HOST, operation: OPERATIONS[operation], permissionType: AclPermissionTypes.ALLOW,
  };
}

/** One text for one rule of a broker: `User:payments read topic dossiers.public.dossier.v1`. */
export function aclText({ principal, host, permissionType, operation, resourceType, resourcePatternType, resourceName }: AclEntry): string {
  const effect = permissionType === AclPermissionTypes.ALLOW ? '' : `${wordOf(AclPermissionTypes, permissionType)} `;
  const what = `${wordOf(AclOperationTypes, operation)} ${wordOf(AclResourceTypes, resourceType)}`;
  const names = `${resourceName}${resourcePatternType === ResourcePatternTypes.LITERAL ? '' : '*'}`;
  return `${principal} ${effect}${what} ${names}${host === ANY_HOST ? '' : ` from ${host}`}`;
}

/** kafkajs's enumerations know no way back from a number. */
function wordOf(names: Readonly<Record<string, unknown>>, value: number): string {
  return Object.keys(names).find((name) => names[name] === value)?.toLowerCase() ?? String(value);
}

/** What a broker lacks of a plan, and what it has beyond it. */
export function differencesOf(plan: readonly AclEntry[], existing: readonly AclEntry[]) {
  const planned = new Set(plan.map(aclText));
  const present = new Set(existing.map(aclText));
  return {
    missing: plan.filter((acl) => !present.has(aclText(acl))),
    foreign: existing.filter((acl) => !planned.has(aclText(acl))),
  };
}
