import type { UnitCode } from '@index766/kernel';
import { countMeasures, type CountedMeasures } from '../counted-measures';
import { NO_MEASURES, type CountName, type Measures } from '../measures';
import type { UnitLevel, UnitNode, UnitTree } from '../unit-tree';

/** Measures of a unit with `onTime` of `all` dossiers of 2.1 on time. */
export function measuresOf(onTime: number, all: number, counts: Partial<Record<CountName, number>> = {}): Measures {
  return {
    ...NO_MEASURES,
    pairs: { ...NO_MEASURES.pairs, 'on-time': { numerator: onTime, denominator: all } },
    counts: { ...NO_MEASURES.counts, ...counts },
  };
}

/** The same, counted: what points are made of. */
export function countedOf(onTime: number, all: number, counts: Partial<Record<CountName, number>> = {}): CountedMeasures {
  return countMeasures(measuresOf(onTime, all, counts));
}

/** A tree of [code, level, parent] rows, parents first. */
export function treeOf(...rows: readonly (readonly [code: string, level: UnitLevel, parent: string | null])[]): UnitTree {
  const nodes = rows.map(([code, level, parent]): UnitNode => ({
    code: code as UnitCode, name: code, level, parent: parent as UnitCode | null,
  }));
  const children = new Map<UnitCode, UnitCode[]>();
  for (const { code, parent } of nodes) if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), code]);
  return { nodes: new Map(nodes.map((node) => [node.code, node])), children, successors: new Map() };
}
