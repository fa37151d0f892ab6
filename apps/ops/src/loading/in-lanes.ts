/**
 * Does something with every item, as many at a time as there are lanes. The first failure ends all lanes; `signal` tells
 * the others of it.
 */
export async function inLanes<Item>(items: Iterable<Item>, lanes: number, act: (item: Item, signal: AbortSignal) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const failure = new AbortController();
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true && !failure.signal.aborted; next = waiting.next()) await act(next.value, failure.signal);
  };
  await Promise.all(Array.from({ length: lanes }, () => lane().catch((error: unknown) => {
    failure.abort(error);
    throw error;
  })));
}
