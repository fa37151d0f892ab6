/** Lets the first entry of a kind through, then one per interval with the number of those held back. Pure but for its memory. */
export class LogLimit {
  readonly #seen = new Map<string, { passedAt: number; heldBack: number }>();

  constructor(
    private readonly intervalMs: number,
    private readonly maxKinds = 500,
  ) {}

  /** How many of this kind were held back since the last that passed; undefined = hold this one back too. */
  admit(kind: string, now: number): number | undefined {
    const seen = this.#seen.get(kind);
    if (seen && now - seen.passedAt < this.intervalMs) {
      seen.heldBack += 1;
      return undefined;
    }
    // Kinds come from texts of another library: their number has to have an end.
    if (!seen && this.#seen.size >= this.maxKinds) this.#seen.clear();
    this.#seen.set(kind, { passedAt: now, heldBack: 0 });
    return seen?.heldBack ?? 0;
  }
}
