import { codesOf } from './measures';

/**
 * The order of all codes that sets of a tree have, found once. With it many sets are united by marking places: sorting the
 * union of a hundred units' procedures takes ten times as long.
 */
export class CodeOrder {
  private constructor(
    private readonly codes: readonly string[],
    private readonly places: ReadonlyMap<string, number>,
  ) {}

  static of(lists: Iterable<readonly string[]>): CodeOrder {
    const distinct = new Set<string>();
    for (const list of lists) for (const code of list) distinct.add(code);
    const codes = codesOf(distinct);
    return new CodeOrder(codes, new Map(codes.map((code, place) => [code, place])));
  }

  /** Codes once each, in their order; also those that the order was not made of. */
  unite(lists: readonly (readonly string[])[]): readonly string[] {
    const marks = new Uint8Array(this.codes.length);
    for (const list of lists) {
      for (const code of list) {
        const place = this.places.get(code);
        if (place === undefined) return codesOf(lists.flat());
        marks[place] = 1;
      }
    }
    const united: string[] = [];
    for (let place = 0; place < marks.length; place += 1) {
      const code = marks[place] === 1 ? this.codes[place] : undefined;
      if (code !== undefined) united.push(code);
    }
    return united;
  }
}
