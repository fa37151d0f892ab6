/** Tells how far something is; `total` in the same unit. */
export interface Progress {
  update(done: number): void;
  finish(): void;
}

const TELL_EVERY_MS = 200;
const BAR_WIDTH = 30;

/** `{"done":120,"total":8740}` a line, a few times a second: for the program that started this one. */
export function jsonProgress(total: number, write: (line: string) => void): Progress {
  const tell = (done: number) => write(`${JSON.stringify({ done: Math.floor(done), total })}\n`);
  return spaced(total, tell);
}

/** A bar on one line of a terminal. */
export function barProgress(what: string, total: number, write: (text: string) => void): Progress {
  const tell = (done: number) => {
    const filled = total === 0 ? BAR_WIDTH : Math.floor((BAR_WIDTH * done) / total);
    write(`\r${what} [${'█'.repeat(filled)}${'·'.repeat(BAR_WIDTH - filled)}] ${Math.floor(done)}/${total}`);
  };
  const progress = spaced(total, tell);
  return { ...progress, finish: () => { progress.finish(); write('\n'); } };
}

export const NO_PROGRESS: Progress = { update: () => undefined, finish: () => undefined };

function spaced(total: number, tell: (done: number) => void): Progress {
  let told = 0;
  return {
    update: (done) => {
      if (Date.now() - told < TELL_EVERY_MS) return;
      told = Date.now();
      tell(Math.min(done, total));
    },
    finish: () => tell(total),
  };
}
