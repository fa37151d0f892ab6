import type { Installation } from './installation';

interface RunningSystem {
  readonly installation: Installation;
  readonly secretsFolder: string;
}

/** Jest loads setup and teardown as separate modules of one process: what they share hangs on the process. */
const KEY = Symbol.for('index766.e2e-loaded-system');
const holder = globalThis as { [KEY]?: RunningSystem | undefined };

export function rememberRun(running: RunningSystem): void {
  holder[KEY] = running;
}

export function takeRun(): RunningSystem | undefined {
  const running = holder[KEY];
  holder[KEY] = undefined;
  return running;
}
