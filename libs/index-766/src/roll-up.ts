import type { UnitCode } from '@index766/kernel';
import { NO_SETS, sumMeasures, type CodeSets, type Measures } from './measures';
import { NOTHING_PUBLISHED, publicationOf, withoutPublication, withPublication, type PublishedSets } from './procedure-stocks';
import { withReported, type ReportsOfUnits } from './reported-figures';
import { placeOf, type UnitNode, type UnitTree } from './unit-tree';

/**
 * The measures of every unit of the tree: its own and those of all its descendants, summed and united (index-766.md §2).
 * Own measures of a closed unit count in its successor, those of an unknown code in the province's reserved unit, which
 * is in the answer only if there are any. What a unit reported stands instead of what was counted in it and below it.
 * What a province announced and published shows in every unit below it.
 */
export function rollUp(
  tree: UnitTree, own: ReadonlyMap<UnitCode, Measures>, reported: ReportsOfUnits = new Map(),
): ReadonlyMap<UnitCode, Measures> {
  return RolledUp.of(tree, own, reported).all();
}

const NOBODY: readonly UnitCode[] = [];

/**
 * A tree rolled up, which can be taken further: what changed in a few units is rolled up along their ways to the root. Each
 * unit on the way is made anew of all its parts, nothing is added to or taken off a sum, so that it is what rolling up
 * everything gives. Never changed.
 */
export class RolledUp {
  /** What of a publisher's sets shows below it, found once. */
  private readonly published = new Map<UnitCode, PublishedSets>();

  private constructor(
    private readonly tree: UnitTree,
    private readonly reported: ReportsOfUnits,
    private readonly own: ReadonlyMap<UnitCode, Measures>,
    /** Units with measures of their own, by where in the tree they count. */
    private readonly placed: ReadonlyMap<UnitCode, readonly UnitCode[]>,
    private readonly children: ReadonlyMap<UnitCode, readonly UnitCode[]>,
    /** Of units that publish nothing themselves without what they have of it. */
    private readonly sums: ReadonlyMap<UnitCode, Measures>,
  ) {}

  static of(tree: UnitTree, own: ReadonlyMap<UnitCode, Measures>, reported: ReportsOfUnits): RolledUp {
    const placed = placesOf(tree, own.keys());
    const reserved = [...placed.keys()].filter((code) => !tree.nodes.has(code));
    // Reserved units stand below their province without being in the tree; parents come before children in it.
    const childrenFirst = [...reserved, ...[...tree.nodes.keys()].reverse()];
    const empty = new RolledUp(tree, reported, own, placed, childrenOf(tree, childrenFirst), new Map());
    return empty.summed(childrenFirst);
  }

  /** The same with other measures of some units themselves. */
  with(changed: ReadonlyMap<UnitCode, Measures>): RolledUp {
    const own = new Map([...this.own, ...changed]);
    const isNew = [...changed.keys()].some((unit) => !this.own.has(unit));
    // A unit that had nothing may be a reserved one that did not show before.
    if (isNew) return RolledUp.of(this.tree, own, this.reported);
    const next = new RolledUp(this.tree, this.reported, own, this.placed, this.children, this.sums);
    return next.summed(waysUp(this.tree, changed.keys()));
  }

  /** Undefined: the tree has no such unit, nor is it a reserved one in which something counts. */
  measuresOf(unit: UnitCode): Measures | undefined {
    const sum = this.sums.get(unit);
    if (sum === undefined) return undefined;
    const publisher = this.publisherAbove(unit);
    return publisher === undefined ? sum : this.withPublicationOf(sum, publisher);
  }

  private withPublicationOf(measures: Measures, publisher: UnitCode): Measures {
    const published = this.published.get(publisher) ?? publicationOf(this.sums.get(publisher)?.sets ?? NO_SETS);
    this.published.set(publisher, published);
    return published === NOTHING_PUBLISHED ? measures : { ...measures, sets: withPublication(measures.sets, published) };
  }

  /** In the order of the tree, reserved units last. */
  all(): ReadonlyMap<UnitCode, Measures> {
    const measures = new Map<UnitCode, Measures>();
    for (const code of [...this.tree.nodes.keys(), ...this.sums.keys()]) {
      const ofUnit = measures.has(code) ? undefined : this.measuresOf(code);
      if (ofUnit !== undefined) measures.set(code, ofUnit);
    }
    return measures;
  }

  /** @param codes whose sums are made anew, children before their parents */
  private summed(codes: Iterable<UnitCode>): RolledUp {
    const sums = new Map(this.sums);
    for (const code of codes) {
      const own = (this.placed.get(code) ?? NOBODY).flatMap((unit) => this.own.get(unit) ?? []);
      const below = (this.children.get(code) ?? NOBODY).flatMap((child) => {
        const sum = sums.get(child);
        return sum === undefined ? [] : [sum];
      });
      const sum = withReported(sumMeasures([...own, ...below]), code, this.reported.get(code));
      const sets = isPublisher(this.tree, code) ? sum.sets : withoutPublication(sum.sets);
      sums.set(code, withSets(sum, withCommune(sets, this.tree.nodes.get(code))));
    }
    return new RolledUp(this.tree, this.reported, this.own, this.placed, this.children, sums);
  }

  /** The unit whose procedures show in this one; undefined: it shows its own. */
  private publisherAbove(unit: UnitCode): UnitCode | undefined {
    let publisher = unit;
    for (let parent = parentOf(this.tree, unit); parent !== null && !isPublisher(this.tree, publisher); parent = parentOf(this.tree, parent)) {
      publisher = parent;
    }
    return publisher === unit ? undefined : publisher;
  }
}

function placesOf(tree: UnitTree, units: Iterable<UnitCode>): ReadonlyMap<UnitCode, readonly UnitCode[]> {
  const placed = new Map<UnitCode, UnitCode[]>();
  for (const unit of units) append(placed, placeOf(tree, unit), unit);
  return placed;
}

function childrenOf(tree: UnitTree, units: Iterable<UnitCode>): ReadonlyMap<UnitCode, readonly UnitCode[]> {
  const children = new Map<UnitCode, UnitCode[]>();
  for (const unit of units) {
    const parent = parentOf(tree, unit);
    if (parent !== null) append(children, parent, unit);
  }
  return children;
}

/** Where the units count and everything above that, the deepest first. */
function waysUp(tree: UnitTree, units: Iterable<UnitCode>): readonly UnitCode[] {
  const depths = new Map<UnitCode, number>();
  for (const unit of units) {
    const way: UnitCode[] = [];
    for (let code: UnitCode | null = placeOf(tree, unit); code !== null; code = parentOf(tree, code)) way.push(code);
    way.forEach((code, index) => depths.set(code, way.length - index));
  }
  return [...depths].sort(([, a], [, b]) => b - a).map(([code]) => code);
}

function append(lists: Map<UnitCode, UnitCode[]>, key: UnitCode, unit: UnitCode): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [unit]);
  else known.push(unit);
}

/** Every commune counts among those that may offer certified copies, with data or without. */
function withCommune(sets: CodeSets, node: UnitNode | undefined): CodeSets {
  return node?.level === 'COMMUNE' ? { ...sets, communes: [node.code] } : sets;
}

/** Whether the sets of a unit are shown below it, and not those of its parent in it. */
function isPublisher(tree: UnitTree, code: UnitCode): boolean {
  const parent = parentOf(tree, code);
  return parent === null || tree.nodes.get(parent)?.level === 'COUNTRY';
}

function withSets(measures: Measures, sets: CodeSets): Measures {
  return sets === measures.sets ? measures : { ...measures, sets };
}

function parentOf(tree: UnitTree, unit: UnitCode): UnitCode | null {
  const node = tree.nodes.get(unit);
  if (node !== undefined) return node.parent;
  const province = unit.split('.')[0] as UnitCode;
  return province !== unit && tree.nodes.has(province) ? province : null;
}
