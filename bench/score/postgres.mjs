// PostgreSQL in a folder of its own, with indexes for the queries; removed by the caller with the folder.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TABLES } from './rows.mjs';

const PACKAGES = '/usr/lib/postgresql';
/** The server does not run as root. */
const USER = 'postgres';

const INDEXES = [
  'dossiers (ended_at)', 'dossiers (received_at) where ended_at is null', 'dossiers (paid_at) where paid_online', 'dossiers (unit, ended_at)', 'petitions (received_at)',
  'units (unit)', 'procedures (procedure)', 'stocks (unit, procedure)', 'publications (unit, procedure)', 'reports (unit, period)',
];

export class Postgres {
  constructor(folder) {
    this.folder = path.join(folder, 'postgres');
    this.binaries = serverBinaries();
  }

  async start() {
    fs.mkdirSync(this.folder);
    const own = process.getuid() === 0 ? ownerOf(USER) : {};
    if (own.uid !== undefined) fs.chownSync(this.folder, own.uid, own.gid);
    const data = path.join(this.folder, 'data');
    execFileSync(path.join(this.binaries, 'initdb'), ['-D', data, '-U', USER, '-A', 'trust', '--no-sync'], { ...own, stdio: 'ignore' });
    const settings = { listen_addresses: '', unix_socket_directories: this.folder, shared_buffers: '1GB', work_mem: '256MB', maintenance_work_mem: '512MB', fsync: 'off', max_wal_size: '4GB' };
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.server = spawn(path.join(this.binaries, 'postgres'), ['-D', data, ...flags], { ...own, stdio: 'ignore' });
    for (let left = 100; !fs.existsSync(path.join(this.folder, '.s.PGSQL.5432')); left -= 1) {
      if (left === 0) throw new Error('PostgreSQL did not start');
      await sleep(100);
    }
    await this.untilReady();
  }

  load(folder) {
    for (const [name, columns] of Object.entries(TABLES)) {
      this.run(`create unlogged table ${name} (${columns.join(', ')})`);
      this.run(`\\copy ${name} from '${path.join(folder, `${name}.csv`)}' with (format csv)`);
    }
    for (const index of INDEXES) this.run(`create index on ${index}`);
    this.run('vacuum analyze');
  }

  /** Milliseconds of each run, and its rows. */
  measure(query, runs) {
    const table = `create temp table answer as ${query.replaceAll(/\s+/gu, ' ').trim()}`;
    const timed = this.run(['\\timing on', ...Array.from({ length: runs }, () => `${table};\ndrop table answer;`)].join('\n'));
    const times = [...timed.matchAll(/^Time: ([\d.]+) ms/gmu)].map(([, text]) => Number(text));
    const answer = this.run(`${table}; select * from answer order by unit;`, ['-A', '-t', '-F', ',']);
    const figures = answer.trim().split('\n').map((line) => line.split(',').map((text) => (text === '' ? null : Number(text))));
    return { milliseconds: times.filter((_, at) => at % 2 === 0), figures };
  }

  async stop() {
    if (this.server === undefined || this.server.exitCode !== null) return;
    this.server.kill('SIGINT');
    await new Promise((resolve) => this.server.once('exit', resolve));
  }

  async untilReady() {
    for (let left = 100; ; left -= 1) {
      try {
        return this.run('select 1');
      } catch (failure) {
        if (left === 0) throw failure;
        await sleep(100);
      }
    }
  }

  run(script, flags = []) {
    const given = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', this.folder, '-U', USER, '-d', 'postgres', ...flags];
    return execFileSync(path.join(this.binaries, 'psql'), given, { input: `${script}\n`, encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
  }
}

/** Installs the Debian package where the server is not there. */
function serverBinaries() {
  const found = () => (fs.existsSync(PACKAGES) ? fs.readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a))[0] : undefined);
  if (found() === undefined) execFileSync('apt-get', ['install', '-y', '-q', 'postgresql'], { stdio: 'ignore' });
  const version = found();
  if (version === undefined) throw new Error('PostgreSQL is not installed: Debian package postgresql');
  return path.join(PACKAGES, version, 'bin');
}

function ownerOf(user) {
  const idOf = (flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
