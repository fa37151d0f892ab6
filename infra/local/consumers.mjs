// The example consumers of docs/consumers, made ready to run outside of the workspace, as somebody else would have them.
//   node infra/local/consumers.mjs     prints { python, java, typescript }: each the command and its first arguments
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { run } from './commands.mjs';
import { makeOnce } from './exclusive.mjs';
import { exitOnFailure } from './failure.mjs';
import { ensureTools, javaCommand } from './required-tools.mjs';
import { isEntry } from './serve.mjs';
import { cacheFolder } from './state-folder.mjs';

const SOURCES = path.join(import.meta.dirname, '..', '..', 'docs', 'consumers');

/** A copy of one consumer with what it needs, made anew when one of its files changes. */
function made(language, files, make) {
  const sources = files.map((name) => [name, fs.readFileSync(path.join(SOURCES, language, name))]);
  const digest = createHash('sha256').update(JSON.stringify(sources.map(([name, text]) => [name, String(text)]))).digest('hex').slice(0, 12);
  return makeOnce(cacheFolder(`consumer-${language}-${digest}`), async (draft) => {
    fs.mkdirSync(draft, { recursive: true });
    for (const [name, text] of sources) fs.writeFileSync(path.join(draft, name), text);
    await make(draft);
  });
}

async function python() {
  await ensureTools(['python3'], () => undefined);
  const folder = await made('python', ['ranking.py', 'requirements.txt'], async (draft) => {
    await run('Making a folder for Python packages', 'python3', ['-m', 'venv', path.join(draft, 'venv')]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', path.join(draft, 'requirements.txt')];
    await run('Installing the packages of the Python consumer', path.join(draft, 'venv', 'bin', 'python'), pip);
  });
  return [path.join(folder, 'venv', 'bin', 'python'), path.join(folder, 'ranking.py')];
}

async function java() {
  await ensureTools(['java', 'mvn'], () => undefined);
  const folder = await made('java', ['pom.xml', 'Ranking.java'], async (draft) => {
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${path.join(draft, 'lib')}`];
    await run('Fetching the packages of the Java consumer', 'mvn', ['-q', '-B', '-f', path.join(draft, 'pom.xml'), ...goal]);
  });
  return [javaCommand(), '-cp', `${path.join(folder, 'lib')}/*`, path.join(folder, 'Ranking.java')];
}

async function typescript() {
  const folder = await made('typescript', ['package.json', 'tsconfig.json', 'ranking.ts'], async (draft) => {
    await run('Installing the packages of the TypeScript consumer', 'npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', draft]);
    await run('Compiling the TypeScript consumer', process.execPath, [path.join(draft, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', draft]);
  });
  return [process.execPath, path.join(folder, 'dist', 'ranking.js')];
}

if (isEntry(import.meta.url)) {
  await exitOnFailure(async () => {
    console.log(JSON.stringify({ python: await python(), java: await java(), typescript: await typescript() }));
  });
}
