import { keepingTrace, outsideTraces } from '@index766/platform-observability';

/** How calls of several lanes become one, and what is too much for it. */
export interface Gathering<Asked, Answer> {
  readonly call: (asked: Asked) => Promise<Answer>;
  /** One of a call is already most of its cost: only calls of up to `SMALL` are worth waiting for each other. */
  readonly sizeOf: (asked: Asked) => number;
  /** One call that asks for all of it; undefined when they do not go together. */
  readonly join: (asked: readonly Asked[]) => Asked | undefined;
}

const SMALL = 50;

interface Waiting<Asked, Answer> {
  readonly asked: Asked;
  /** In the trace of who asks. */
  readonly call: () => Promise<Answer>;
  readonly resolve: (answer: Promise<Answer>) => void;
}

/**
 * Makes small calls that come in the same turn of the event loop as one: lanes that a fetch brought a few records each ask
 * the database once instead of once each. Every caller gets the answer to all of it, so an answer has to be one in which a
 * caller finds its own. What fails together is asked apart: nobody fails by what another one asked. What is asked together is
 * part of no caller's trace.
 */
export function gathered<Asked, Answer>({ sizeOf, join, ...gathering }: Gathering<Asked, Answer>): (asked: Asked) => Promise<Answer> {
  // What is thrown at once is an answer, too.
  const call = async (asked: Asked): Promise<Answer> => await gathering.call(asked);
  let waiting: Waiting<Asked, Answer>[] = [];

  const callTogether = async (all: readonly Waiting<Asked, Answer>[], together: Asked): Promise<void> => {
    const answer = outsideTraces(() => call(together));
    try {
      await answer;
      for (const { resolve } of all) resolve(answer);
    } catch {
      callApart(all);
    }
  };
  const callApart = (all: readonly Waiting<Asked, Answer>[]): void => {
    for (const { call: callAlone, resolve } of all) resolve(callAlone());
  };
  const flush = (): void => {
    const all = waiting;
    waiting = [];
    const together = all.length === 1 ? undefined : join(all.map(({ asked }) => asked));
    if (together === undefined) callApart(all);
    else void callTogether(all, together);
  };

  return (asked) => {
    if (sizeOf(asked) > SMALL) return call(asked);
    return new Promise<Answer>((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ asked, call: keepingTrace(() => call(asked)), resolve });
    });
  };
}
