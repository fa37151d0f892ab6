import type { Pair, PairsByProcedure } from './measures';

/** Codes that were among many that were joined, in their order. */
interface CodeOrder {
  /** Counted up whenever codes get other places. */
  readonly version: number;
  readonly codes: readonly string[];
  readonly places: ReadonlyMap<string, number>;
}

/** Where the codes of a list stand in the order of a version, going up. */
interface Places {
  readonly version: number;
  readonly places: readonly number[];
}

/**
 * There are a few thousand codes of procedures and units, and they are joined again and again: with their order known, many lists
 * are united by marking places, while sorting the union of a hundred units' procedures takes ten times as long. It is a memory of
 * what was joined before that no answer depends on.
 */
let order: CodeOrder = { version: 0, codes: [], places: new Map() };

/** So many are remembered: whoever sends other codes all the time makes the order be found anew, but not grow. */
const MOST = 20_000;

/** Of lists that are looked at again: nobody changes a list of codes. */
const PLACES = new WeakMap<readonly string[], Places>();

/** So few are joined as fast without room for every code that there is. */
const FEW = 8;
/** Looking up the places of a shorter list takes no longer than finding out whether they are known. */
const LONG = 16;

/** Codes once each, in the order of their code units. */
export function codesOf(codes: Iterable<string>): readonly string[] {
  return [...new Set<string>(codes)].sort();
}

/** The codes of all lists once each, in their order. */
export function uniteCodes(lists: readonly (readonly string[])[]): readonly string[] {
  if (lists.length < FEW) return codesOf(lists.flat());
  const marks = markAll(lists);
  if (marks !== undefined) return markedCodes(marks);
  learn(lists.flat());
  return uniteCodes(lists);
}

/** What all parts say of each procedure, in the order of their codes. */
export function sumByProcedure(parts: readonly PairsByProcedure[]): PairsByProcedure {
  if (parts.length < FEW) return sumFew(parts);
  const sums = sumAll(parts);
  if (sums !== undefined) return sums;
  learn(parts.flatMap((part) => Object.keys(part)));
  return sumByProcedure(parts);
}

/** How many codes two lists have in common; both are in the order of their codes. */
export function countInCommon(some: readonly string[], others: readonly string[]): number {
  if (some === others) return some.length;
  const [first, second] = [PLACES.get(some), PLACES.get(others)];
  if (first === undefined || first.version !== second?.version) return inCommon(some, others).length;
  return countOfPlaces(first.places, second.places);
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

function learn(more: readonly string[]): void {
  const all = codesOf([...order.codes, ...more]);
  const codes = all.length > MOST ? codesOf(more) : all;
  order = { version: order.version + 1, codes, places: new Map(codes.map((code, place) => [code, place])) };
}

/** 1 where a code of the order is in a list; undefined: one of them is not in the order. */
function markAll(lists: readonly (readonly string[])[]): Uint8Array | undefined {
  const marks = new Uint8Array(order.codes.length);
  return lists.every((list) => mark(marks, list)) ? marks : undefined;
}

function mark(marks: Uint8Array, list: readonly string[]): boolean {
  const places = list.length < LONG ? placesOf(list) : knownPlacesOf(list);
  if (places === undefined) return false;
  for (const place of places) marks[place] = 1;
  return true;
}

function knownPlacesOf(list: readonly string[]): readonly number[] | undefined {
  const known = PLACES.get(list);
  if (known?.version === order.version) return known.places;
  const places = placesOf(list);
  if (places !== undefined) PLACES.set(list, { version: order.version, places });
  return places;
}

/** Undefined: one of them is not in the order. */
function placesOf(list: readonly string[]): readonly number[] | undefined {
  const places: number[] = [];
  for (const code of list) {
    const place = order.places.get(code);
    if (place === undefined) return undefined;
    places.push(place);
  }
  return places;
}

function markedCodes(marks: Uint8Array): readonly string[] {
  const places = placesIn(marks);
  const codes = places.map((place) => order.codes[place] ?? '');
  PLACES.set(codes, { version: order.version, places });
  return codes;
}

function placesIn(marks: Uint8Array): readonly number[] {
  const places: number[] = [];
  for (let place = 0; place < marks.length; place += 1) {
    if (marks[place] === 1) places.push(place);
  }
  return places;
}

function sumFew(parts: readonly PairsByProcedure[]): PairsByProcedure {
  const sums: Record<string, Pair> = {};
  for (const code of codesOf(parts.flatMap((part) => Object.keys(part)))) {
    let [numerator, denominator] = [0, 0];
    for (const part of parts) {
      numerator += part[code]?.numerator ?? 0;
      denominator += part[code]?.denominator ?? 0;
    }
    sums[code] = { numerator, denominator };
  }
  return sums;
}

/** Undefined: a code is not in the order. */
function sumAll(parts: readonly PairsByProcedure[]): PairsByProcedure | undefined {
  const { codes, places } = order;
  const marks = new Uint8Array(codes.length);
  const [numerators, denominators] = [new Float64Array(codes.length), new Float64Array(codes.length)];
  for (const part of parts) {
    for (const [code, { numerator, denominator }] of Object.entries(part)) {
      const place = places.get(code);
      if (place === undefined) return undefined;
      marks[place] = 1;
      numerators[place] = (numerators[place] ?? 0) + numerator;
      denominators[place] = (denominators[place] ?? 0) + denominator;
    }
  }
  const sums: Record<string, Pair> = {};
  for (const place of placesIn(marks)) {
    sums[codes[place] ?? ''] = { numerator: numerators[place] ?? 0, denominator: denominators[place] ?? 0 };
  }
  return sums;
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

function firstNotBelow(codes: readonly string[], code: string, from: number): number {
  let [low, high] = [from, codes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((codes[middle] ?? '') < code) low = middle + 1;
    else high = middle;
  }
  return low;
}
