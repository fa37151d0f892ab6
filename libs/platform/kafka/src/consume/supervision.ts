/** Lives of a consumer that ended without reading anything, although the broker answered, until a restart is asked for. */
export const FRUITLESS_LIVES_UNTIL_DEAD = 5;

/** How one life of a consumer ended. */
export interface ConsumerLife {
  readonly reachedBroker: boolean;
  readonly fetched: boolean;
}

/**
 * Counts lives that came to nothing. A broker that is away is no reason to restart the process; one that answers while
 * five consumers in a row cannot read is: something in this process is broken.
 */
export class LifeCount {
  #attempts = 0;
  #fruitless = 0;

  /** Lives since the last that read something, that one included: the step of the back-off. */
  get attempts(): number {
    return this.#attempts;
  }

  get isDead(): boolean {
    return this.#fruitless >= FRUITLESS_LIVES_UNTIL_DEAD;
  }

  ended({ reachedBroker, fetched }: ConsumerLife): void {
    this.#attempts = fetched ? 1 : this.#attempts + 1;
    this.#fruitless = reachedBroker && !fetched ? this.#fruitless + 1 : 0;
  }
}
