export interface Identified {
  readonly id: string;
}

/** Goes through two streams of pages, each in the order of its ids, and pairs what has the same id. One page of each is held. */
export async function* mergeById<A extends Identified, B extends Identified>(
  left: AsyncIterable<readonly A[]>,
  right: AsyncIterable<readonly B[]>,
): AsyncIterable<{ readonly id: string; readonly a: A | undefined; readonly b: B | undefined }> {
  const lefts = oneByOne(left);
  const rights = oneByOne(right);
  let a = await next(lefts);
  let b = await next(rights);
  while (a !== undefined || b !== undefined) {
    const id = a === undefined || (b !== undefined && b.id < a.id) ? (b?.id ?? '') : a.id;
    const takenA: A | undefined = a?.id === id ? a : undefined;
    const takenB: B | undefined = b?.id === id ? b : undefined;
    yield { id, a: takenA, b: takenB };
    if (takenA !== undefined) a = await next(lefts);
    if (takenB !== undefined) b = await next(rights);
  }
}

async function* oneByOne<T>(pages: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const page of pages) yield* page;
}

async function next<T>(stream: AsyncGenerator<T>): Promise<T | undefined> {
  const result = await stream.next();
  return result.done === true ? undefined : result.value;
}
