import type { DocumentsChange, UnitStatement } from './documents-state';

/** Takes in where a fact of the dossier's life puts it: from then on the dossier is known. */
export function takeUnit(change: DocumentsChange, statement: UnitStatement): { readonly change: DocumentsChange; readonly outcome: 'applied' | 'duplicate' | 'conflict' } {
  const known = change.state.units.find(({ sequence }) => sequence === statement.sequence);
  if (known !== undefined) return { change, outcome: isSame(known, statement) ? 'duplicate' : 'conflict' };
  const units = [...change.state.units, statement].sort((a, b) => a.sequence - b.sequence);
  return { change: { ...change, state: { ...change.state, units } }, outcome: 'applied' };
}

function isSame(a: UnitStatement, b: UnitStatement): boolean {
  return a.unit === b.unit && a.occurredAt === b.occurredAt;
}
