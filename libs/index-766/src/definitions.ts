import { ok, refused, type Period, type Result } from '@index766/kernel';
import type { IndexDefinition } from './definition';
import qd766Of2026 from './definitions/qd766-2026.json';
import { parseDefinition } from './parse-definition';

/** Every version of the index, checked when this module loads: a faulty one stops the start. */
export const DEFINITIONS: readonly IndexDefinition[] = [qd766Of2026].map((raw: unknown) => {
  const parsed = parseDefinition(raw);
  if (!parsed.ok) throw new Error(`${parsed.error.code} at ${parsed.error.path ?? ''}: ${parsed.error.detail}`);
  return parsed.value;
});

export function findDefinition(id: string): IndexDefinition | undefined {
  return DEFINITIONS.find((definition) => definition.id === id);
}

/** Throws on an id that is none: the caller has it from a figure that names its definition. */
export function getDefinition(id: string): IndexDefinition {
  const definition = findDefinition(id);
  if (definition === undefined) throw new RangeError(`there is no definition ${id}`);
  return definition;
}

/** The definition in force on the period's last day. Refuses (`DEFINITION.NONE`) a period before the first one. */
export function definitionFor(period: Period): Result<IndexDefinition> {
  const inForce = DEFINITIONS.findLast(
    ({ validFrom, validTo }) => validFrom <= period.lastDay && (validTo === null || period.lastDay <= validTo),
  );
  return inForce === undefined ? refused('DEFINITION.NONE', 'no definition of the index is in force in that period', 'period') : ok(inForce);
}
