import { compareText, type LocalDay, type UnitCode } from '@index766/kernel';

/**
 * `BALANCE` makes up for units that a sample leaves out; `UNKNOWN` is the reserved unit of a province for dossiers of
 * codes that the catalog does not have. Both count in their parents and appear in no ranking or list.
 */
export const UNIT_LEVELS = ['COUNTRY', 'MINISTRY', 'PROVINCE', 'DEPARTMENT', 'COMMUNE', 'BALANCE', 'UNKNOWN'] as const;
export type UnitLevel = (typeof UNIT_LEVELS)[number];

/** One version of a unit as the catalog states it. `validTo` is its last day. */
export interface UnitVersion {
  readonly code: UnitCode;
  readonly name: string;
  readonly level: UnitLevel;
  readonly parent: UnitCode | null;
  readonly validFrom: LocalDay;
  readonly validTo: LocalDay | null;
  /** Where the dossiers of the unit go when it is closed. */
  readonly successor: UnitCode | null;
}

export interface UnitNode {
  readonly code: UnitCode;
  readonly name: string;
  readonly level: UnitLevel;
  readonly parent: UnitCode | null;
}

/** The units of one day and how they hang together. Parents come before their children in `nodes`. */
export interface UnitTree {
  readonly nodes: ReadonlyMap<UnitCode, UnitNode>;
  readonly children: ReadonlyMap<UnitCode, readonly UnitCode[]>;
  /** Closed units and where their dossiers are now. */
  readonly successors: ReadonlyMap<UnitCode, UnitCode>;
}

/**
 * The tree valid on a day: a period's last day decides for the whole period (index-766.md §2). `versions` may hold
 * several of one unit, in the order in which they became known. Of those that began by the day the one that began last
 * counts, of equal ones the last known: so a version that closes a unit replaces the one that it closes. A parent that
 * is not valid on the day, or a circle of parents, makes a unit a root.
 */
export function treeOn(day: LocalDay, versions: Iterable<UnitVersion>): UnitTree {
  const inForce = new Map<UnitCode, UnitVersion>();
  for (const version of versions) {
    const known = inForce.get(version.code);
    if (version.validFrom <= day && (known === undefined || known.validFrom <= version.validFrom)) {
      inForce.set(version.code, version);
    }
  }
  const isOpen = ({ validTo }: UnitVersion): boolean => validTo === null || day <= validTo;
  const successors = new Map<UnitCode, UnitCode>();
  for (const version of inForce.values()) {
    if (!isOpen(version) && version.successor !== null) successors.set(version.code, version.successor);
  }
  return { ...hang([...inForce.values()].filter(isOpen)), successors };
}

function hang(units: readonly UnitVersion[]): Pick<UnitTree, 'nodes' | 'children'> {
  const byCode = new Map(units.map((unit) => [unit.code, unit]));
  const nodes = new Map<UnitCode, UnitNode>();
  const children = new Map<UnitCode, UnitCode[]>();
  const place = (unit: UnitVersion, below: ReadonlySet<UnitCode>): void => {
    if (nodes.has(unit.code)) return;
    const stated = unit.parent === null || below.has(unit.parent) ? undefined : byCode.get(unit.parent);
    if (stated !== undefined) place(stated, new Set([...below, unit.code]));
    const parent = stated?.code ?? null;
    nodes.set(unit.code, { code: unit.code, name: unit.name, level: unit.level, parent });
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), unit.code]);
  };
  for (const unit of [...units].sort((a, b) => compareText(a.code, b.code))) place(unit, new Set([unit.code]));
  return { nodes, children };
}

/** The province's reserved unit for dossiers of unknown codes: the province is what stands before the first point. */
export function unknownUnitOf(unit: UnitCode): UnitCode {
  const [province = unit] = unit.split('.');
  return `${province}.UNKNOWN` as UnitCode;
}

/** The unit of the tree in which a dossier held by `unit` counts: itself, the successor of a closed one, or the reserved one. */
export function placeOf(tree: UnitTree, unit: UnitCode): UnitCode {
  const seen = new Set<UnitCode>();
  let current = unit;
  while (!tree.nodes.has(current)) {
    const next = tree.successors.get(current);
    if (next === undefined || seen.has(current)) return unknownUnitOf(unit);
    seen.add(current);
    current = next;
  }
  return current;
}

/** The unit, its parent, …, up to the root: the order in which overrides of a calendar are looked up. */
export function chainOf(tree: UnitTree, unit: UnitCode): readonly UnitCode[] {
  const chain: UnitCode[] = [];
  for (let node = tree.nodes.get(unit); node !== undefined; node = node.parent === null ? undefined : tree.nodes.get(node.parent)) {
    chain.push(node.code);
  }
  return chain;
}

/** The unit and everything below it. */
export function unitsWithin(tree: UnitTree, unit: UnitCode): readonly UnitCode[] {
  return [unit, ...(tree.children.get(unit) ?? []).flatMap((child) => unitsWithin(tree, child))];
}

/** Whether a unit of this level is ranked and listed by name. */
export function isListed(level: UnitLevel): boolean {
  return level !== 'BALANCE' && level !== 'UNKNOWN';
}
