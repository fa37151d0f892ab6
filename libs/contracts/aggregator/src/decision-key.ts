/**
 * Key of the decisions about what the portal published for a unit and period. Each kind of decision has keys of its own, so
 * that a sequence is one history. None of the parts has an `@` in it.
 */
export function portalFiguresKey({ unit, period }: { readonly unit: string; readonly period: string }): string {
  return `portal-figures@${unit}@${period}`;
}
