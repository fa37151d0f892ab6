import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { StartFailure } from '../failure.mjs';
import { stateFolder } from '../state-folder.mjs';

const ARCHITECTURES = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2', debian: 'amd64', go: 'amd64' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1', debian: 'arm64', go: 'arm64' },
};

/** Names of this processor in Debian's and Go's worlds. */
export function architecture() {
  const found = process.platform === 'linux' ? ARCHITECTURES[process.arch] : undefined;
  if (!found) throw new StartFailure(`Without Docker the database runs on Linux (x64, arm64) only: start a Docker engine.`);
  return found;
}

const NOBODY = 65534;
/** PostgreSQL refuses to run as root: started by root, it runs as nobody. */
export const serverIdentity = () => (process.getuid() === 0 ? { uid: NOBODY, gid: NOBODY } : {});

export function giveToServer(folder) {
  const { uid, gid } = serverIdentity();
  if (uid === undefined) return;
  spawnSync('chown', ['-R', `${uid}:${gid}`, folder], { stdio: 'ignore' });
}

function serverCanReach(folder) {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...serverIdentity(), stdio: 'ignore' }).status === 0;
}

/** Says, in a state folder that the server's identity cannot reach, where the database's files are instead. */
export const ELSEWHERE = 'database-folder';

const nearestExisting = (folder) => (fs.existsSync(folder) ? folder : nearestExisting(path.dirname(folder)));

function elsewhere(state) {
  const file = path.join(state, ELSEWHERE);
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

/**
 * Where the database's files live: in the state folder, unless root's server identity cannot reach that (a project below
 * /root); then in a folder of the temporary directory that the state folder names.
 */
export function databaseFolder(state = stateFolder()) {
  return serverCanReach(nearestExisting(state)) ? state : elsewhere(state) ?? state;
}

/** databaseFolder, made if it is not there. */
export function makeDatabaseFolder(state = stateFolder()) {
  if (process.getuid() === 0) process.umask(0o022); // another identity has to read what is made from here on
  if (!serverCanReach(nearestExisting(state))) nameFolderElsewhere(state);
  const folder = databaseFolder(state);
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  return folder;
}

/** Never by the path: a state folder that was removed and made again must not meet the database of the one before. */
function nameFolderElsewhere(state) {
  if (elsewhere(state) !== undefined) return;
  fs.mkdirSync(state, { recursive: true });
  const draft = path.join(state, `${ELSEWHERE}.${process.pid}`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'index766-'));
  fs.chmodSync(folder, 0o755);
  fs.writeFileSync(draft, folder);
  // Whole and by one process alone, also when several start at once: the first one's name stands.
  try {
    fs.linkSync(draft, path.join(state, ELSEWHERE));
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    fs.rmdirSync(folder);
  } finally {
    fs.rmSync(draft);
  }
}

/** Paths inside an unpacked engine and the way to run its programs on a system with other libraries. */
export function engineLayout(engine) {
  const { triplet, loader } = architecture();
  const system = path.join(engine, 'usr/lib', triplet);
  const postgres = path.join(engine, 'usr/lib/postgresql/18');
  const libraries = `${system}:${postgres}/lib`;
  return {
    programs: path.join(postgres, 'bin'),
    modules: path.join(postgres, 'lib'),
    extensions: path.join(engine, 'usr/share/postgresql/18/extension'),
    /** [command, arguments] that run `program` under the engine's own loader and libraries. */
    underLoader: (program, args = [], loaderArgs = []) => [
      path.join(system, loader),
      ['--library-path', libraries, ...loaderArgs, program, ...args],
    ],
  };
}

/** The environment of the database's programs: nothing of the caller's but the path. */
export const plainEnvironment = () => ({ PATH: process.env.PATH, HOME: os.tmpdir(), LC_ALL: 'C', TZ: 'UTC' });
