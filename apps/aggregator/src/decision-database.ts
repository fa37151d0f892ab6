/** Beside the databases of the generations: what people decided follows from no other topic and is never built anew. */
export function decisionDatabaseOf(plainName: string): string {
  return `${plainName}_decisions`;
}
