import { createHash, randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { runSetting } from './run-settings';

/** A name that no other spec and no other run uses: for topics, groups, databases. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

/** The database of one spec file (pass `__filename`), the same at each call within a run; at most 55 characters. */
export function databaseName(spec: string): string {
  const readable = basename(spec)
    .replace(/\.spec\.[jt]s$/, '')
    .replace(/[^a-z0-9]+/gi, '_')
    .slice(0, 32);
  const digest = createHash('sha256').update(spec).digest('hex').slice(0, 8);
  return `t_${readable}_${digest}_${runSetting('run')}`;
}
