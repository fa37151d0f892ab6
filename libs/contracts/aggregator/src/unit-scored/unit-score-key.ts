/** Key of the index of a unit in a period; neither has an `@` in it. */
export function unitScoreKey({ unit, period }: { readonly unit: string; readonly period: string }): string {
  return `${unit}@${period}`;
}
