interface Range {
  readonly from: bigint;
  /** The first one behind it. */
  readonly to: bigint;
}

/** Offsets of a partition, kept as ranges: any number that follow one another take as much room as one. */
export class OffsetRanges {
  /** In their order. */
  #ranges: Range[] = [];
  #size = 0n;

  get size(): number {
    return Number(this.#size);
  }

  has(offset: bigint): boolean {
    const range = this.#ranges[this.#indexOf(offset)];
    return range !== undefined && range.from <= offset;
  }

  /** @param offset behind all that are here */
  append(offset: bigint): void {
    const last = this.#ranges.at(-1);
    if (last?.to === offset) this.#ranges.splice(-1, 1, { from: last.from, to: offset + 1n });
    else this.#ranges.push({ from: offset, to: offset + 1n });
    this.#size += 1n;
  }

  /** One that is not here is no error. */
  remove(offset: bigint): void {
    const index = this.#indexOf(offset);
    const range = this.#ranges[index];
    if (range === undefined || range.from > offset) return;
    this.#ranges.splice(index, 1, ...rangeOf(range.from, offset), ...rangeOf(offset + 1n, range.to));
    this.#size -= 1n;
  }

  removeBefore(offset: bigint): void {
    this.#ranges = this.#ranges.flatMap(({ from, to }) => rangeOf(from < offset ? offset : from, to));
    this.#size = this.#ranges.reduce((size, { from, to }) => size + to - from, 0n);
  }

  /** Of the first range that ends behind the offset. */
  #indexOf(offset: bigint): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.to ?? 0n) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

function rangeOf(from: bigint, to: bigint): readonly Range[] {
  return from < to ? [{ from, to }] : [];
}
