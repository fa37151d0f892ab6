import fs from 'node:fs';
import path from 'node:path';
import { attempt } from '../commands.mjs';
import { makeOnce } from '../exclusive.mjs';
import { StartFailure } from '../failure.mjs';
import { openPackageSource, unpackAll } from './packages.mjs';
import { architecture, engineLayout } from './places.mjs';

/** PostgreSQL 18 with the DocumentDB extension: the storage of a MongoDB-compatible server. */
const PACKAGE = 'postgresql-18-documentdb';

/**
 * Packages of the closure that the engine never loads: geometry and image formats, compilers, perl, the init system,
 * account tools. A name too many here is found by firstUnloadable and all packages are fetched; a name too few only
 * makes the download larger.
 */
const NEVER_LOADED = [
  'adduser', 'base-passwd', 'debconf', 'dirmngr', 'fontconfig', 'fonts-', 'gcc-', 'gdal', 'gnupg', 'gpg', 'locales', 'login', 'mariadb',
  'openssl', 'passwd', 'perl', 'pinentry', 'procps', 'proj-data', 'sensible', 'ssl-cert', 'systemd', 'sysvinit', 'tzdata', 'ucf', 'unixodbc',
  'libabsl', 'libaec', 'libaom', 'libarchive', 'libarmadillo', 'libarpack', 'libassuan', 'libavif', 'libblas', 'libblosc', 'libboost',
  'libc-bin', 'libc-gconv', 'libc-l10n', 'libcfitsio', 'libdav1d', 'libdb5', 'libde265', 'libexpat', 'libfontconfig', 'libfreetype',
  'libfreexl', 'libfyba', 'libgav1', 'libgcrypt', 'libgdal', 'libgdbm', 'libgeotiff', 'libgfortran', 'libgif', 'libgomp', 'libgpg',
  'libhdf', 'libheif', 'libhogweed0', 'libhwy', 'libjson-perl', 'libjxl', 'libksba', 'libkml', 'liblapack', 'liblcms', 'libltdl',
  'libmariadb', 'libminizip', 'libmpfr', 'libmuparser', 'libncursesw', 'libnetcdf', 'libnpth', 'libnspr', 'libnss3', 'libodbc',
  'libopenjp', 'libpam-', 'libperl', 'libpng', 'libpoppler', 'libproc2', 'libqhull', 'librav1e', 'librttopo', 'libsemanage', 'libsepol',
  'libsfcgal', 'libspatialite', 'libsuperlu', 'libsvtav1', 'libsystemd-shared', 'libsz2', 'libxerces', 'libyuv',
];
const isLoaded = (name) => !NEVER_LOADED.some((prefix) => name.startsWith(prefix));

const PROGRAMS = ['postgres', 'initdb', 'psql'];
const MODULES = [
  'pg_cron', 'pg_documentdb_core', 'pg_documentdb', 'pg_documentdb_extended_rum', 'rum', 'vector', 'postgis-3', 'tsm_system_rows', 'plpgsql',
];

/** What of the engine's programs and modules lacks a library, or undefined. */
async function firstUnloadable(engine) {
  const { programs, modules, underLoader } = engineLayout(engine);
  const files = [...PROGRAMS.map((name) => path.join(programs, name)), ...MODULES.map((name) => path.join(modules, `${name}.so`))];
  for (const file of files) {
    const [command, args] = underLoader(file, [], ['--list']);
    const { code, stdout, stderr } = await attempt(command, args);
    if (code !== 0 || stdout.includes('not found')) return `${path.basename(file)} (${/.*not found|.*cannot open.*/.exec(stdout + stderr)?.[0]?.trim() ?? code})`;
  }
  return undefined;
}

/** What the packages' own install scripts would have done, as far as the server needs it. */
function finishUnpacked(engine) {
  const { programs, extensions } = engineLayout(engine);
  fs.copyFileSync(path.join(extensions, 'postgis-3.control'), path.join(extensions, 'postgis.control'));
  // initdb starts a program called postgres beside itself: that is now a script which knows the engine's loader.
  const real = path.join(programs, 'postgres.real');
  fs.renameSync(path.join(programs, 'postgres'), real);
  const { triplet, loader } = architecture();
  const script = [
    '#!/bin/sh',
    'programs=$(cd "$(dirname "$0")" && pwd)',
    'engine=${programs%/usr/lib/postgresql/18/bin}',
    `system=$engine/usr/lib/${triplet}`,
    `exec "$system/${loader}" --library-path "$system:$engine/usr/lib/postgresql/18/lib" --argv0 "$programs/postgres" "$programs/postgres.real" "$@"`,
    '',
  ].join('\n');
  fs.writeFileSync(path.join(programs, 'postgres'), script, { mode: 0o755 });
}

/** Fetches and unpacks the engine into `folder`/engine (about 50 MB to fetch, 300 MB unpacked); returns that folder. */
export function fetchEngine(folder, log) {
  return makeOnce(path.join(folder, 'engine'), async (draft) => {
    log('fetching the database engine');
    const workplace = `${draft}.packages`;
    fs.rmSync(workplace, { recursive: true, force: true });
    try {
      const source = await openPackageSource(path.join(workplace, 'apt'), { suite: 'forky', what: 'The database without Docker' });
      const closure = await source.closureOf(PACKAGE);
      let missing;
      for (const names of [closure.filter(isLoaded), closure]) {
        fs.rmSync(draft, { recursive: true, force: true });
        const archives = path.join(workplace, 'archives');
        fs.rmSync(archives, { recursive: true, force: true });
        await source.download(names, archives);
        await unpackAll(archives, draft);
        missing = await firstUnloadable(draft);
        if (missing === undefined) break;
      }
      if (missing !== undefined) throw new StartFailure(`The packages of the database do not fit together: ${missing}.`);
      finishUnpacked(draft);
    } finally {
      fs.rmSync(workplace, { recursive: true, force: true });
    }
  });
}

/** [command, arguments] that run one of the engine's programs. */
export function engineProgram(engine, name, args) {
  const { programs, underLoader } = engineLayout(engine);
  const file = path.join(programs, name);
  return name === 'postgres' ? [file, args] : underLoader(file, args, ['--argv0', file]);
}

