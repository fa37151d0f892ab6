import type { UnitNode, UnitTree } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';

import { rootOf } from './unit-scope';

const KNOWN = new WeakMap<UnitTree, ReadonlyMap<UnitCode, UnitTree>>();

/**
 * The part of a tree whose units one root merges, as a tree of its own: the root has no parent in it. A root that is in no
 * tree (a code whose province nobody knows) has an empty one.
 */
export function treeOfRoot(tree: UnitTree, root: UnitCode): UnitTree {
  let parts = KNOWN.get(tree);
  if (parts === undefined) {
    parts = partsOf(tree);
    KNOWN.set(tree, parts);
  }
  return parts.get(root) ?? { nodes: new Map(), children: new Map(), successors: tree.successors };
}

/** The units right below the country that merge what is below them. */
export function rootsBelow(tree: UnitTree, country: UnitCode): readonly UnitCode[] {
  return (tree.children.get(country) ?? []).filter((code) => rootOf(tree, code) === code);
}

/** The country and its roots alone: what is below them is in their figures. */
export function treeOfRoots(tree: UnitTree, country: UnitNode): UnitTree {
  const roots = rootsBelow(tree, country.code).flatMap((code) => tree.nodes.get(code) ?? []);
  return {
    nodes: new Map([{ ...country, parent: null }, ...roots].map((node) => [node.code, node])),
    children: new Map([[country.code, roots.map(({ code }) => code)]]),
    successors: new Map(),
  };
}

function partsOf(tree: UnitTree): ReadonlyMap<UnitCode, UnitTree> {
  const nodes = new Map<UnitCode, Map<UnitCode, UnitNode>>();
  for (const node of tree.nodes.values()) {
    const root = rootOf(tree, node.code);
    const ofRoot = nodes.get(root) ?? new Map<UnitCode, UnitNode>();
    // Parents come before their children, also here.
    const isBelow = node.parent !== null && ofRoot.has(node.parent);
    nodes.set(root, ofRoot.set(node.code, isBelow ? node : { ...node, parent: null }));
  }
  return new Map([...nodes].map(([root, ofRoot]) => [root, { nodes: ofRoot, children: childrenIn(ofRoot), successors: tree.successors }]));
}

function childrenIn(nodes: ReadonlyMap<UnitCode, UnitNode>): ReadonlyMap<UnitCode, readonly UnitCode[]> {
  const children = new Map<UnitCode, UnitCode[]>();
  for (const { code, parent } of nodes.values()) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), code]);
  return children;
}
