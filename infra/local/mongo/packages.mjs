import fs from 'node:fs';
import path from 'node:path';
import { attempt, run } from '../commands.mjs';
import { StartFailure } from '../failure.mjs';
import { architecture } from './places.mjs';

async function debianMirror(what) {
  const listed = await attempt('apt-get', ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages']);
  const mirror = listed.stdout.split('\n').find((uri) => /\/debian\/?$/.test(uri));
  if (mirror) return mirror;
  throw new StartFailure(`${what} comes from Debian packages, and this system has no Debian package source.`);
}

async function archiveKey() {
  const { stdout } = await attempt('dpkg', ['-L', 'debian-archive-keyring']);
  return /^.*\/debian-archive-keyring\.(?:gpg|pgp)$/m.exec(stdout)?.[0];
}

async function trustedParts() {
  const { stdout } = await attempt('apt-config', ['shell', 'PARTS', 'Dir::Etc::trustedparts/d']);
  return /PARTS='(.*)'/.exec(stdout)?.[1] ?? '';
}

/**
 * A private apt root of a Debian `suite` in `folder`: its own lists, its own (empty) record of what is installed, Debian's signatures.
 * The system's packages are neither looked at nor changed; `what` names for people what is fetched. Returns { closureOf(package), download(names, folder) }.
 */
export async function openPackageSource(folder, { suite, what }) {
  const etc = path.join(folder, 'etc');
  const state = path.join(folder, 'state');
  const cache = path.join(folder, 'cache');
  for (const part of [`${etc}/preferences.d`, `${etc}/apt.conf.d`, `${state}/lists/partial`, `${cache}/archives/partial`]) {
    fs.mkdirSync(part, { recursive: true });
  }
  const installed = path.join(folder, 'installed');
  fs.writeFileSync(installed, '');
  const key = await archiveKey();
  fs.writeFileSync(path.join(etc, 'sources.list'), `deb ${key ? `[signed-by=${key}] ` : ''}${await debianMirror(what)} ${suite} main\n`);

  const settings = {
    'Dir::Etc': etc,
    'Dir::Etc::trustedparts': await trustedParts(),
    'Dir::State': state,
    'Dir::State::status': installed,
    'Dir::Cache': cache,
    'APT::Architecture': architecture().debian,
    'APT::Install-Recommends': 'false',
    'APT::Sandbox::User': process.getuid() === 0 ? 'root' : '',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    // A mirror that stands still (a company's frozen copy) serves as well: what it serves is still checked by signature.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run(`Reading the package lists: ${what}`, 'apt-get', [...options, '-qq', 'update']);

  return {
    /** Names of `name` and of all that it depends on. */
    async closureOf(name) {
      const plan = await run(`Planning the packages: ${what}`, 'apt-get', [...options, '-s', 'install', name]);
      return [...plan.matchAll(/^Inst (\S+)/gm)].map(([, found]) => found);
    },
    async download(names, target) {
      fs.mkdirSync(target, { recursive: true });
      await run(`Downloading the packages: ${what}`, 'apt-get', [...options, '-qq', 'download', ...names], { cwd: target });
    },
  };
}

/** Folders inside a package that a running server never opens. */
const NOT_NEEDED = ['./usr/share/doc', './usr/share/man', './usr/share/locale', '*/bitcode', '*/gconv', '*raster*', '*topology*'];

/** Unpacks every package file of `folder` into `root` without installing anything. */
export async function unpackAll(folder, root) {
  fs.mkdirSync(root, { recursive: true });
  const exclude = NOT_NEEDED.map((pattern) => `--exclude=${pattern}`);
  for (const name of fs.readdirSync(folder).sort()) {
    const pipeline = 'set -e; dpkg-deb --fsys-tarfile "$1" >"$2.tar"; target=$2; shift 2; tar -x -f "$target.tar" -C "$target" --no-same-owner "$@"; rm "$target.tar"';
    await run(`Unpacking ${name}`, '/bin/sh', ['-c', pipeline, 'sh', path.join(folder, name), root, ...exclude]);
  }
}
