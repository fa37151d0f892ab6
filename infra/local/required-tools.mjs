// Programs of the machine that the project needs and does not bring itself.
//   node infra/local/required-tools.mjs kcat      makes sure that it is there, or says in one sentence what to install
import path from 'node:path';
import { attempt, run } from './commands.mjs';
import { exclusively } from './exclusive.mjs';
import { StartFailure, exitOnFailure } from './failure.mjs';
import { isEntry } from './serve.mjs';
import { cacheFolder } from './state-folder.mjs';

/** The Java that JAVA_HOME names, else the one on the path. */
export const javaCommand = () => (process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin', 'java') : 'java');

/** What each tool is called, how its version is asked, the Debian package that has it, and whether Docker makes it needless. */
const TOOLS = {
  java: { label: 'Java 17 or newer', command: javaCommand(), versionArgs: ['-version'], atLeast: [17], debian: 'default-jre-headless', orDocker: true },
  mvn: { label: 'Maven', command: 'mvn', versionArgs: ['-v'], debian: 'maven', orDocker: true },
  go: { label: 'Go', command: 'go', versionArgs: ['version'], debian: 'golang-go', orDocker: true },
  python3: {
    label: 'Python 3.10 or newer with venv', command: 'python3', versionArgs: ['-c', 'import ensurepip, platform; print(platform.python_version())'],
    atLeast: [3, 10], debian: 'python3-venv', orDocker: false,
  },
  kcat: { label: 'kcat', command: 'kcat', versionArgs: ['-V'], debian: 'kcat', orDocker: false },
};

/** Numbers of the first version in a text: 'openjdk version "17.0.15"' gives [17, 0, 15]. */
export const versionIn = (text) => (/\d+(?:\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);

/** True if version `found` is not older than `wanted`; missing numbers count as 0. */
export function isAtLeast(found, wanted) {
  const differs = wanted.findIndex((number, at) => (found[at] ?? 0) !== number);
  return differs === -1 || (found[differs] ?? 0) > wanted[differs];
}

async function isUsable({ command, versionArgs, atLeast }) {
  const { code, stdout, stderr } = await attempt(command, versionArgs);
  if (code !== 0) return false;
  return atLeast === undefined || isAtLeast(versionIn(stdout + stderr), atLeast);
}

async function findMissing(names) {
  const usable = await Promise.all(names.map((name) => isUsable(TOOLS[name])));
  return names.filter((_, at) => !usable[at]).map((name) => TOOLS[name]);
}

const canInstall = async () => process.getuid?.() === 0 && (await attempt('apt-get', ['--version'])).code === 0;

/**
 * Makes sure that the named tools are there. Root on a Debian system gets what is missing from its packages (a build
 * machine may have Node and nothing else); anybody else gets one sentence that says what to install.
 */
export async function ensureTools(names, log) {
  const missing = await findMissing(names);
  if (missing.length === 0) return;
  const labels = missing.map(({ label }) => label).join(', ');
  const packages = missing.map(({ debian }) => debian);
  if (!(await canInstall())) {
    const otherwise = missing.every(({ orDocker }) => orDocker) ? ' or start a Docker engine' : '';
    throw new StartFailure(
      `Missing: ${labels}. Install ${missing.length === 1 ? 'it' : 'them'} (Debian: apt-get install ${packages.join(' ')})${otherwise}.`,
    );
  }
  await exclusively(cacheFolder('packages.lock'), () => installPackages(names, log));
  const still = await findMissing(names);
  if (still.length > 0) throw new StartFailure(`Still missing after installing ${packages.join(' ')}: ${still.map(({ label }) => label).join(', ')}.`);
}

async function installPackages(names, log) {
  const packages = (await findMissing(names)).map(({ debian }) => debian);
  if (packages.length === 0) return; // another process has just installed them
  log(`installing ${packages.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('Refreshing the package lists', 'apt-get', ['-qq', 'update'], { env });
  const options = ['-qq', '-y', '-o', 'DPkg::Lock::Timeout=300', '--no-install-recommends'];
  await run(`Installing ${packages.join(' ')}`, 'apt-get', [...options, 'install', ...packages], { env });
}

if (isEntry(import.meta.url)) {
  await exitOnFailure(async () => {
    const names = process.argv.slice(2);
    if (names.length === 0 || names.some((name) => !(name in TOOLS))) throw new StartFailure(`Name one or more of ${Object.keys(TOOLS).join(', ')}.`);
    await ensureTools(names, (line) => console.error(line));
  });
}
