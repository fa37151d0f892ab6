/** One operator command; `run` answers the exit code. */
export interface Command {
  readonly name: string;
  readonly usage: string;
  readonly purpose: string;
  readonly run: (args: readonly string[], out: (text: string) => void, say: (text: string) => void) => Promise<number>;
}
