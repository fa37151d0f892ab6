import fs from 'node:fs';
import path from 'node:path';
import { attempt, run } from './commands.mjs';
import { makeOnce } from './exclusive.mjs';
import { architecture } from './mongo/places.mjs';
import { isAtLeast, versionIn } from './required-tools.mjs';
import { cacheFolder } from './state-folder.mjs';

/** The newest Go that one of the built modules asks for in its own module file. */
const GO_VERSION = '1.25.4';

/**
 * An installed Go that is too old still is a client of the module proxy, and Go itself is published there as a module:
 * it is fetched, copied into the cache (the module cache is read-only) and made executable.
 */
function fetchToolchain(log) {
  const folder = cacheFolder();
  return makeOnce(cacheFolder(`go-${GO_VERSION}`), async (draft) => {
    log(`fetching Go ${GO_VERSION}`);
    const module = `golang.org/toolchain@v0.0.1-go${GO_VERSION}.linux-${architecture().go}`;
    const described = await run(`Fetching Go ${GO_VERSION}`, 'go', ['mod', 'download', '-json', module], {
      cwd: folder,
      env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '', GO111MODULE: 'on' },
    });
    fs.cpSync(JSON.parse(described).Dir, draft, { recursive: true });
    await run('Unpacking Go', 'chmod', ['-R', 'u+w', draft]);
    await run('Unpacking Go', '/bin/sh', ['-c', 'chmod +x "$1"/bin/* $(find "$1"/pkg/tool -type f)', 'sh', draft]);
  });
}

async function goCommand(log) {
  const { stdout } = await attempt('go', ['version'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const installed = versionIn(stdout.replace(/^go version go/, ''));
  if (isAtLeast(installed, versionIn(GO_VERSION))) return { command: 'go', environment: {} };
  const toolchain = await fetchToolchain(log);
  return { command: path.join(toolchain, 'bin', 'go'), environment: { GOROOT: toolchain } };
}

/**
 * Builds the program of a published Go module into `file`, once for all who ask; resolves to `file`. `module` has its exact
 * version, `binary` is what Go calls the program, `what` names it for people.
 */
export function buildWithGo(file, { what, module, binary, log }) {
  return makeOnce(file, async (draft) => {
    const folder = path.dirname(file);
    fs.mkdirSync(folder, { recursive: true });
    const { command, environment } = await goCommand(log);
    log(`building ${what}`);
    const binaries = `${draft}.bin`;
    await run(`Building ${what} with Go`, command, ['install', '-trimpath', '-ldflags=-s -w', module], {
      cwd: folder,
      env: { ...process.env, GOBIN: binaries, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', ...environment },
    });
    fs.renameSync(path.join(binaries, binary), draft);
    fs.rmSync(binaries, { recursive: true, force: true });
  });
}
