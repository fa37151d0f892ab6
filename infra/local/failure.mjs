/** An expected reason why something cannot start. Its message is one sentence for the person who ran the command. */
export class StartFailure extends Error {
  /** @param {string} sentence @param {{ cause?: unknown }} [options] */
  constructor(sentence, options) {
    super(sentence, options);
    this.name = 'StartFailure';
  }
}

/** Runs a command-line entry: a StartFailure is printed as its sentence, anything else as the bug that it is. */
export async function exitOnFailure(entry) {
  try {
    await entry();
  } catch (error) {
    console.error(error instanceof StartFailure ? error.message : error);
    process.exit(1);
  }
}
