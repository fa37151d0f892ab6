import { rankUnits, type ApartReason, type IndexDefinition, type RankedBy, type UnitScore } from '@index766/index-766';
import type { Period, UnitCode } from '@index766/kernel';

/** Why a unit is listed beside the rankings, by the total and by each group; empty: it has a rank. */
export interface ApartReasons {
  readonly total: readonly ApartReason[];
  readonly groups: Readonly<Record<string, readonly ApartReason[]>>;
}

export function apartReasons(definition: IndexDefinition, unit: UnitCode, score: UnitScore, period: Period): ApartReasons {
  const by = (order: RankedBy): readonly ApartReason[] => rankUnits(definition, [{ unit, score, before: null }], order, period).apart[0]?.reasons ?? [];
  return { total: by('total'), groups: Object.fromEntries(definition.groups.map(({ id }) => [id, by({ group: id })])) };
}
