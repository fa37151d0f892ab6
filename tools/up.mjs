// npm run up: starts everything, loads the sample, shows the index and the late officers, stays up until Ctrl-C.
//   npm run up -- --once              the same, then stops and exits
//   npm run up -- --sample province   every unit of the figures; --figures FILE: the sample from that file, compared at the end
//   npm run up -- --members aggregator=2,dossiers=2   several members of a service side by side
//   npm run up -- --restore DIR       a backup instead of the sample, into empty stores
//   npm run up -- --json              addresses and process ids on standard output once ready, everything else on standard error
import './workspace/node-version.mjs';
import { StartFailure, exitOnFailure } from '../infra/local/failure.mjs';
import { bringUp } from './up/bring-up.mjs';
import { stopOperators } from './up/operator.mjs';
import { upOptions } from './up/options.mjs';
import { forgetRunning } from './up/running-file.mjs';
import { superviseStarted } from './up/supervisor.mjs';
import { progressOn } from './workspace/progress.mjs';

const INTERRUPTED = 130;

/** Resolves at Ctrl-C or a polite request to end; a second one does not wait for the stop. */
function interruption() {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => {
        if (asked) process.exit(INTERRUPTED);
        asked = true;
        resolve(INTERRUPTED);
      });
    }
  });
}

/** The exit code of the run; whatever goes wrong is told here. */
async function runToItsEnd({ options, progress, out, supervisor }) {
  const interrupted = interruption();
  const up = bringUp({ options, progress, out, supervisor });
  up.catch(() => undefined); // the race below reports it, unless an interruption came first
  try {
    const code = await Promise.race([up, supervisor.failure, interrupted]);
    if (options.once || code === INTERRUPTED) return code;
    progress.line('\nCtrl-C stops all of it.');
    await Promise.race([supervisor.failure, interrupted]);
    return code;
  } catch (error) {
    progress.line(`\n${error instanceof StartFailure ? error.message : error.stack}\n`);
    return 1;
  }
}

await exitOnFailure(async () => {
  const options = upOptions(process.argv.slice(2));
  const out = options.json ? process.stderr : process.stdout;
  const progress = progressOn(out);
  const supervisor = superviseStarted(progress.line);
  const code = await runToItsEnd({ options, progress, out, supervisor });
  stopOperators();
  if (supervisor.hasStarted()) await progress.step('all stopped', () => supervisor.stopAll());
  forgetRunning();
  process.exit(code);
});
