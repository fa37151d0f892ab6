/** Runs asynchronous work one after another, in the order in which it was asked for. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work);
    // A failure belongs to its own caller; the next in line starts all the same.
    this.last = result.catch(() => undefined);
    return result;
  }
}
