import { attempt } from '../../infra/local/commands.mjs';
import { workspace } from '../workspace/folders.mjs';

const PASSED = { passed: 1, failed: 0 };
const FAILED = { passed: 0, failed: 1 };

async function check(command, args, env = {}) {
  const { code, stdout, stderr } = await attempt(command, args, { cwd: workspace, env: { ...process.env, ...env } });
  if (code === 0) return PASSED;
  process.stdout.write(`${stdout}${stderr}`);
  return FAILED;
}

/** Type check of the whole workspace; leaves the built code that the system tests start. */
export const typecheck = () => check('npx', ['tsc', '-b']);

/** Lint of every project, through nx so that the module boundaries are checked against the present projects. */
export const lint = () =>
  check('npx', ['nx', 'run-many', '-t', 'lint', '--outputStyle=static'], { NX_DAEMON: 'false', NX_TUI: 'false', FORCE_COLOR: '0' });
