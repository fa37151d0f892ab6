/** Key of the records of one edition: province, `@`, period, `@` and number, none of which has an `@` in it. */
export function editionKey(edition: { readonly province: string; readonly period: string; readonly number: number }): string {
  return `${edition.province}@${edition.period}@${edition.number}`;
}
