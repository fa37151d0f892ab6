import { codesOf, sumByProcedure, type JoinCodes, type Pair, type PairsByProcedure } from './measures';

/** Where the codes of a list stand in an order, going up. */
interface Places {
  readonly order: CodeOrder;
  readonly places: readonly number[];
}

/** Of lists that an order made: nobody changes a list of codes, so what is known of it holds as long as the list is there. */
const PLACES = new WeakMap<readonly string[], Places>();

/** So few are summed as fast without room for every code that there is. */
const FEW = 8;

/**
 * The order of all codes that sets of a tree have, found once. With it many sets are united by marking places: sorting the
 * union of a hundred units' procedures takes ten times as long.
 */
export class CodeOrder implements JoinCodes {
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
    return lists.every((list) => this.mark(marks, list)) ? this.marked(marks) : codesOf(lists.flat());
  }

  /** What all parts say of each code, in the order of the codes; also of those that the order was not made of. */
  sum(parts: readonly PairsByProcedure[]): PairsByProcedure {
    if (parts.length < FEW) return sumByProcedure(parts);
    const marks = new Uint8Array(this.codes.length);
    const [numerators, denominators] = [new Float64Array(this.codes.length), new Float64Array(this.codes.length)];
    for (const part of parts) {
      for (const [code, { numerator, denominator }] of Object.entries(part)) {
        const place = this.places.get(code);
        if (place === undefined) return sumByProcedure(parts);
        marks[place] = 1;
        numerators[place] = (numerators[place] ?? 0) + numerator;
        denominators[place] = (denominators[place] ?? 0) + denominator;
      }
    }
    const sums: Record<string, Pair> = {};
    for (const place of placesIn(marks)) {
      sums[this.codes[place] ?? ''] = { numerator: numerators[place] ?? 0, denominator: denominators[place] ?? 0 };
    }
    return sums;
  }

  /** False: the order was made without one of them. */
  private mark(marks: Uint8Array, list: readonly string[]): boolean {
    const known = PLACES.get(list);
    if (known?.order === this) {
      for (const place of known.places) marks[place] = 1;
      return true;
    }
    for (const code of list) {
      const place = this.places.get(code);
      if (place === undefined) return false;
      marks[place] = 1;
    }
    return true;
  }

  private marked(marks: Uint8Array): readonly string[] {
    const places = placesIn(marks);
    const codes: string[] = [];
    for (const place of places) codes.push(this.codes[place] ?? '');
    PLACES.set(codes, { order: this, places });
    return codes;
  }
}

function placesIn(marks: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < marks.length; place += 1) {
    if (marks[place] === 1) places.push(place);
  }
  return places;
}

/** How many codes two lists have in common; both are in the order of their codes. */
export function countInCommon(some: readonly string[], others: readonly string[]): number {
  if (some === others) return some.length;
  const [first, second] = [PLACES.get(some), PLACES.get(others)];
  if (first === undefined || first.order !== second?.order) return inCommon(some, others).length;
  return countOfPlaces(first.places, second.places);
}

/** Comparing numbers is many times as fast as comparing codes. */
function countOfPlaces(some: readonly number[], others: readonly number[]): number {
  let [count, first, second] = [0, 0, 0];
  while (first < some.length && second < others.length) {
    const difference = (some[first] ?? 0) - (others[second] ?? 0);
    if (difference === 0) count += 1;
    if (difference <= 0) first += 1;
    if (difference >= 0) second += 1;
  }
  return count;
}

/** The codes that two lists have in common; both are in the order of their codes, and so is what they have in common. */
export function inCommon(some: readonly string[], others: readonly string[]): readonly string[] {
  const [few, many] = some.length < others.length ? [some, others] : [others, some];
  const common: string[] = [];
  let from = 0;
  for (const code of few) {
    from = firstNotBelow(many, code, from);
    if (many[from] === code) common.push(code);
  }
  return common;
}

function firstNotBelow(codes: readonly string[], code: string, from: number): number {
  let [low, high] = [from, codes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((codes[middle] ?? '') < code) low = middle + 1;
    else high = middle;
  }
  return low;
}
