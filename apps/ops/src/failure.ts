/** Something the operator can put right: its message is the one sentence that is printed. */
export class OpsFailure extends Error {}

/** The command line itself is wrong. */
export class UsageFailure extends OpsFailure {}

/** Exit codes: 1 is "it did not succeed" and "a figure differs", 2 is "the command line is wrong". */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The code that Node gave an error or its cause (ENOENT, ECONNREFUSED); undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
