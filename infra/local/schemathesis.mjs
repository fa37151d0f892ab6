// schemathesis: requests made from OpenAPI documents, by somebody else than this project. Python with its venv module.
import path from 'node:path';
import { run } from './commands.mjs';
import { makeOnce } from './exclusive.mjs';
import { ensureTools } from './required-tools.mjs';
import { cacheFolder } from './state-folder.mjs';

const VERSION = '4.32.5';

/** Installs it if it is not there; resolves to the command and its first arguments. */
export async function install({ log = () => undefined } = {}) {
  const folder = await makeOnce(cacheFolder(`schemathesis-${VERSION}`), async (draft) => {
    await ensureTools(['python3'], log);
    log(`installing schemathesis ${VERSION}`);
    await run('Making a folder for Python packages', 'python3', ['-m', 'venv', draft]);
    await run('Installing schemathesis', path.join(draft, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`]);
  });
  // The programs of a folder that was renamed do not start, its Python does.
  return [path.join(folder, 'bin', 'python'), '-m', 'schemathesis.cli'];
}
