// DuckDB, from its Python package in a virtual environment of the workspace's cache.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { TABLES } from './rows.mjs';

const VERSION = '2.0.1';
const ROOT = path.resolve(import.meta.dirname, '../..');

/** Milliseconds of each run of every query, and its rows. The tables are in memory. */
export function measureDuckDb({ folder, queries, runs }) {
  const tables = Object.fromEntries(Object.entries(TABLES).map(([name, columns]) => [name, { file: path.join(folder, `${name}.csv`), columns: columnsOf(columns) }]));
  const answer = execFileSync(python(), [path.join(import.meta.dirname, 'duckdb_runs.py')], {
    input: JSON.stringify({ tables, queries, runs }), encoding: 'utf8', maxBuffer: 1 << 28,
  });
  return JSON.parse(answer);
}

function columnsOf(columns) {
  return Object.fromEntries(columns.map((column) => column.split(' ')));
}

function python() {
  const environment = path.join(ROOT, '.index766/cache/duckdb');
  const binary = path.join(environment, 'bin/python');
  if (!fs.existsSync(path.join(environment, VERSION))) {
    execFileSync('python3', ['-m', 'venv', environment]);
    execFileSync(binary, ['-m', 'pip', 'install', '-q', `duckdb==${VERSION}`]);
    fs.writeFileSync(path.join(environment, VERSION), '');
  }
  return binary;
}
