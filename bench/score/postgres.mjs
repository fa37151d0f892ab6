// PostgreSQL in a folder of its own, with indexes for the queries; removed by the caller with the folder.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { distinctSql, figuresText, sumsSql } from './figures-sql.mjs';
import { COLUMNS, STOCK_COLUMNS } from './rows.mjs';

const PACKAGES = '/usr/lib/postgresql';
/** The server does not run as root. */
const USER = 'postgres';

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

  load(rows, stocks) {
    this.run(`create unlogged table dossiers (${COLUMNS.join(', ')}); create unlogged table stocks (${STOCK_COLUMNS.join(', ')})`);
    this.run(`\\copy dossiers from '${rows}' with (format csv)`);
    this.run(`\\copy stocks from '${stocks}' with (format csv)`);
    this.run('create index on dossiers (ended_at); create index on dossiers (received_at) where ended_at is null');
    this.run('create index on dossiers (paid_at) where paid_online; create index on dossiers (unit, ended_at); create index on stocks (unit, procedure)');
    this.run('vacuum analyze');
  }

  /** Milliseconds of each run, and the figures. */
  measure(period, runs) {
    const queries = [sumsSql(period), distinctSql(period)].map((sql) => sql.replace(/\s+/gu, ' ').trim());
    const script = ['\\timing on', '\\o /dev/null', ...Array.from({ length: runs }, () => `${queries.join(';\n')};`)].join('\n');
    const times = [...this.run(script).matchAll(/^Time: ([\d.]+) ms/gmu)].map(([, text]) => Number(text));
    const figures = queries.map((query) => this.run(`${query};`, ['-A', '-t', '-F', ',']).trim().split('\n').map((line) => line.split(',')));
    return { milliseconds: Array.from({ length: runs }, (_, run) => times[2 * run] + times[2 * run + 1]), figures: figuresText(...figures) };
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
    return execFileSync(path.join(this.binaries, 'psql'), given, { input: `${script}\n`, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });
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
