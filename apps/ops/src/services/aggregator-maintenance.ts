import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, OpsFailure } from '../failure';

/** Records and documents live shortly: fewer collections of a larger young generation. */
const LARGE_YOUNG_GENERATION = ['--max-semi-space-size=64'];

/** Where the build puts it beside this app. */
const ENTRY = path.resolve(__dirname, '../../../aggregator/dist/maintenance.js');

/**
 * Runs a maintenance command of the aggregator as a process of its own, with this one's environment and output, and
 * answers its exit code. Ledger and figures are the aggregator's: its own code reads and writes them, this program only
 * knows how to start it.
 */
export async function runAggregatorMaintenance(args: readonly string[]): Promise<number> {
  if (!existsSync(ENTRY)) throw new OpsFailure(`${ENTRY} is missing: build the project first (npm run build).`);
  // The channel tells the process when this one has ended, however that happened.
  const child = spawn(process.execPath, ['--enable-source-maps', ...LARGE_YOUNG_GENERATION, ENTRY, ...args], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  process.off('SIGINT', forward).off('SIGTERM', forward);
  if (signal === 'SIGKILL') throw new OpsFailure('The command was killed (SIGKILL). If nobody did it: it needs more memory than it was allowed. Nothing is half done; run it again.');
  return code ?? EXIT.failed;
}
