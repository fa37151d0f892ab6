import type { UnitCode } from '@index766/kernel';

import type { UnitContent, UnitDirectory } from '../domain/unit';
import type { History } from '../domain/versions';
import type { ReferenceRepository } from './ports';

/**
 * Units with all that stand above them or follow them: whatever a decision about one of them looks at. A query for each
 * level of the tree.
 */
export async function loadDirectory(
  units: Pick<ReferenceRepository<UnitContent>, 'findMany'>, codes: Iterable<UnitCode>,
): Promise<UnitDirectory> {
  const known = new Map<UnitCode, History<UnitContent> | undefined>();
  let asked = [...new Set(codes)];
  while (asked.length > 0) {
    const found = await units.findMany(asked);
    for (const code of asked) known.set(code, found.get(code));
    const linked = [...found.values()].flatMap((history) => history.flatMap(({ content }) => linksOf(content)));
    asked = [...new Set(linked)].filter((code) => !known.has(code));
  }
  return { find: (code) => known.get(code) };
}

/** The units that a version of a unit names. */
export function linksOf({ parent, successor }: UnitContent): readonly UnitCode[] {
  return [...(parent === null ? [] : [parent]), ...(successor === undefined ? [] : [successor])];
}
