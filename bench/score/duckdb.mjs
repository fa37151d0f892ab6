// DuckDB, from its Python package in a virtual environment of the workspace's cache.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { distinctSql, figuresText, sumsSql } from './figures-sql.mjs';
import { COLUMNS, STOCK_COLUMNS } from './rows.mjs';

const VERSION = '2.0.1';
const ROOT = path.resolve(import.meta.dirname, '../..');

/** Milliseconds of each run of every period, and the figures. The tables are in memory. */
export function measureDuckDb({ rows, stocks, periods, runs }) {
  const work = {
    tables: { dossiers: { file: rows, columns: columnsOf(COLUMNS) }, stocks: { file: stocks, columns: columnsOf(STOCK_COLUMNS) } },
    queries: periods.map((period) => [sumsSql(period), distinctSql(period)]), runs,
  };
  const answer = JSON.parse(execFileSync(python(), [path.join(import.meta.dirname, 'duckdb_runs.py')], {
    input: JSON.stringify(work), encoding: 'utf8', maxBuffer: 1 << 28,
  }));
  return answer.map(({ figures, ...times }) => ({ ...times, figures: figuresText(...figures) }));
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
