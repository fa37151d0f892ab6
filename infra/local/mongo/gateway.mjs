import fs from 'node:fs';
import path from 'node:path';
import { attempt, run } from '../commands.mjs';
import { makeOnce } from '../exclusive.mjs';
import { isAtLeast, versionIn } from '../required-tools.mjs';
import { architecture } from './places.mjs';

/** FerretDB speaks MongoDB's protocol in front of the engine. */
const GATEWAY = 'github.com/FerretDB/FerretDB/v2/cmd/ferretdb@v2.7.0';
/** The Go version that this release asks for in its own module file. */
const GO_VERSION = '1.25.4';

/**
 * An installed Go that is too old still is a client of the module proxy, and Go itself is published there as a module:
 * it is fetched, copied into the cache (the module cache is read-only) and made executable.
 */
function fetchToolchain(folder, log) {
  return makeOnce(path.join(folder, `go-${GO_VERSION}`), async (draft) => {
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

async function goCommand(folder, log) {
  const { stdout } = await attempt('go', ['version'], { env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const installed = versionIn(stdout.replace(/^go version go/, ''));
  if (isAtLeast(installed, versionIn(GO_VERSION))) return { command: 'go', environment: {} };
  const toolchain = await fetchToolchain(folder, log);
  return { command: path.join(toolchain, 'bin', 'go'), environment: { GOROOT: toolchain } };
}

const gatewayFile = (folder) => path.join(folder, 'ferretdb');

export const isGatewayBuilt = (folder) => fs.existsSync(gatewayFile(folder));

/** Builds the gateway into `folder`; returns its file. Nothing about its source is changed. */
export function buildGateway(folder, log) {
  return makeOnce(gatewayFile(folder), async (draft) => {
    const { command, environment } = await goCommand(folder, log);
    log('building the database gateway');
    const binaries = `${draft}.bin`;
    await run('Building the database gateway with Go', command, ['install', '-trimpath', '-ldflags=-s -w', GATEWAY], {
      cwd: folder,
      env: { ...process.env, GOBIN: binaries, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', ...environment },
    });
    fs.renameSync(path.join(binaries, 'ferretdb'), draft);
    fs.rmSync(binaries, { recursive: true, force: true });
  });
}
